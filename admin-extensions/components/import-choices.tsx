import { Input, Label, Select } from "@medusajs/ui"
import { useId } from "react"
import { useTranslation } from "react-i18next"
import type { UploadChoices } from "../hooks/use-import-upload"

/** Radix selects take no empty value. */
const FOUND_OUT = "auto"
const LISTS = { encoding: ["utf-8", "windows-1252", "utf-16le"], decimal: ["dot", "comma"], dates: ["ymd", "dmy", "mdy"] } as const

interface ImportChoicesProps {
  value: UploadChoices
  onChange: (value: UploadChoices) => void
  disabled: boolean
}

/** What may be said about a file that does not say it itself; closed until somebody needs it. */
export function ImportChoices({ value, onChange, disabled }: ImportChoicesProps) {
  const { t } = useTranslation("foresight")
  const id = useId()
  const set = (name: keyof UploadChoices) => (chosen: string) => onChange({ ...value, [name]: chosen === FOUND_OUT ? "" : chosen })
  return (
    <details className="txt-compact-small">
      <summary className="text-ui-fg-interactive cursor-pointer">{t("imports.choices.title")}</summary>
      <div className="mt-3 grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {(Object.keys(LISTS) as (keyof typeof LISTS)[]).map((name) => (
          <div key={name} className="flex flex-col gap-1">
            <Label size="small" htmlFor={`${id}-${name}`}>
              {t(`imports.choices.${name}`)}
            </Label>
            <Select size="small" value={value[name] || FOUND_OUT} onValueChange={set(name)} disabled={disabled}>
              <Select.Trigger id={`${id}-${name}`}>
                <Select.Value />
              </Select.Trigger>
              <Select.Content>
                {[FOUND_OUT, ...LISTS[name]].map((option) => (
                  <Select.Item key={option} value={option}>
                    {t(`imports.choices.values.${option}`)}
                  </Select.Item>
                ))}
              </Select.Content>
            </Select>
          </div>
        ))}
        {(["source", "currency"] as const).map((name) => (
          <div key={name} className="flex flex-col gap-1">
            <Label size="small" htmlFor={`${id}-${name}`}>
              {t(`imports.choices.${name}`)}
            </Label>
            <Input
              id={`${id}-${name}`}
              size="small"
              value={value[name]}
              maxLength={name === "currency" ? 3 : 64}
              placeholder={name === "currency" ? "EUR" : "import"}
              disabled={disabled}
              onChange={(event) => set(name)(event.target.value.trim())}
            />
          </div>
        ))}
      </div>
    </details>
  )
}
