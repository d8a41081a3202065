import { Input, Select } from "@medusajs/ui"
import { useEffect, useRef, useState } from "react"
import { useTranslation } from "react-i18next"
import { ORDERS, type FilterChange } from "../hooks/use-advice-filter"
import type { AdviceFilter } from "../hooks/use-advice-list"
import { useLocations } from "../hooks/use-locations"

const ALL = "all"

/** Search, location and sorting of the advice list. */
export function AdviceFilters({ filter, onChange }: { filter: AdviceFilter; onChange: (part: FilterChange) => void }) {
  const { t } = useTranslation("foresight")
  const { data: locations = [] } = useLocations()
  const [text, setText] = useState(filter.q ?? "")

  // What the address says already: only a change from elsewhere (Back, "clear") may overwrite what is being typed.
  const sent = useRef(filter.q ?? "")
  useEffect(() => {
    const q = filter.q ?? ""
    if (q === sent.current) return
    sent.current = q
    setText(q)
  }, [filter.q])
  useEffect(() => {
    const wanted = text.trim()
    if (wanted === sent.current) return
    const wait = setTimeout(() => {
      sent.current = wanted
      onChange({ q: wanted })
    }, 300)
    return () => clearTimeout(wait)
  }, [text, onChange])

  return (
    <div className="flex flex-wrap items-center gap-2 px-6 py-4">
      <div className="min-w-0 flex-1 basis-56">
        <Input type="search" size="small" aria-label={t("list.search")} placeholder={t("list.search")} value={text} onChange={(event) => setText(event.target.value)} data-testid="advice-search" />
      </div>
      <div className="w-44 max-w-full">
        <Select size="small" value={filter.location_id ?? ALL} onValueChange={(id) => onChange({ location_id: id === ALL ? undefined : id })}>
          <Select.Trigger aria-label={t("list.location")} data-testid="advice-location">
            <Select.Value />
          </Select.Trigger>
          <Select.Content>
            <Select.Item value={ALL}>{t("list.allLocations")}</Select.Item>
            {locations.map(({ id, name }) => (
              <Select.Item key={id} value={id}>
                {name}
              </Select.Item>
            ))}
          </Select.Content>
        </Select>
      </div>
      <div className="w-48 max-w-full">
        <Select size="small" value={filter.order} onValueChange={(order) => onChange({ order })}>
          <Select.Trigger aria-label={t("list.sort")} data-testid="advice-order">
            <Select.Value />
          </Select.Trigger>
          <Select.Content>
            {ORDERS.map((order) => (
              <Select.Item key={order} value={order}>
                {t(`list.order.${order}`)}
              </Select.Item>
            ))}
          </Select.Content>
        </Select>
      </div>
    </div>
  )
}
