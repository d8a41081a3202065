import { Select } from "@medusajs/ui"

interface FilterSelectProps {
  label: string
  value: string
  options: readonly { value: string; label: string }[]
  onChange: (value: string) => void
  /** Width of the field. */
  className: string
  testId: string
}

/** One choice above a list. */
export function FilterSelect({ label, value, options, onChange, className, testId }: FilterSelectProps) {
  return (
    <div className={className}>
      <Select size="small" value={value} onValueChange={onChange}>
        <Select.Trigger aria-label={label} data-testid={testId}>
          <Select.Value />
        </Select.Trigger>
        <Select.Content>
          {options.map((option) => (
            <Select.Item key={option.value} value={option.value}>
              {option.label}
            </Select.Item>
          ))}
        </Select.Content>
      </Select>
    </div>
  )
}
