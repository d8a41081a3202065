import { Label, RadioGroup, Text } from "@medusajs/ui"
import { useCallback, useState } from "react"
import { useTranslation } from "react-i18next"
import { useVariantSearch } from "../hooks/use-replacements"
import { SearchInput } from "./search-input"

interface VariantPickerProps {
  label: string
  /** A variant that is not offered. */
  without: string
  value: string | undefined
  onChange: (variantId: string) => void
}

/** Finds a variant of the shop by title or SKU. */
export function VariantPicker({ label, without, value, onChange }: VariantPickerProps) {
  const { t } = useTranslation("foresight")
  const [q, setQ] = useState("")
  const search = useCallback((part: { q: string }) => setQ(part.q), [])
  const { data, error } = useVariantSearch(q)
  const offered = q === "" ? [] : (data ?? []).filter(({ id }) => id !== without)
  return (
    <div className="flex flex-col gap-2">
      <Text size="small" weight="plus">
        {label}
      </Text>
      <SearchInput label={t("demand.search")} value={q} onChange={search} testId="variant-search" />
      {error && (
        <Text size="small" role="alert">
          {error.message}
        </Text>
      )}
      {q !== "" && data && offered.length === 0 && <Text size="small">{t("demand.replacement.noneFound")}</Text>}
      <RadioGroup value={value ?? ""} onValueChange={onChange} aria-label={label}>
        {offered.map(({ id, title, sku, product }) => (
          <div key={id} className="flex items-center gap-2" data-testid="variant-choice">
            <RadioGroup.Item value={id} id={`foresight-pick-${id}`} />
            <Label htmlFor={`foresight-pick-${id}`} size="small">
              {[product?.title, title, sku].filter(Boolean).join(" · ")}
            </Label>
          </div>
        ))}
      </RadioGroup>
    </div>
  )
}
