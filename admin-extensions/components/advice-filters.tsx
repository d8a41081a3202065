import { useTranslation } from "react-i18next"
import { ORDERS, type FilterChange } from "../hooks/use-advice-filter"
import type { AdviceFilter } from "../hooks/use-advice-list"
import { useLocations } from "../hooks/use-locations"
import { FilterSelect } from "./filter-select"
import { SearchInput } from "./search-input"

const ALL = "all"

/** Search, location and sorting of the advice list. */
export function AdviceFilters({ filter, onChange }: { filter: AdviceFilter; onChange: (part: FilterChange) => void }) {
  const { t } = useTranslation("foresight")
  const { data: locations = [] } = useLocations()
  return (
    <div className="flex flex-wrap items-center gap-2 px-6 py-4">
      <SearchInput label={t("list.search")} value={filter.q} onChange={onChange} testId="advice-search" />
      <FilterSelect
        label={t("list.location")}
        value={filter.location_id ?? ALL}
        options={[{ value: ALL, label: t("list.allLocations") }, ...locations.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(id) => onChange({ location_id: id === ALL ? undefined : id })}
        className="w-44 max-w-full"
        testId="advice-location"
      />
      <FilterSelect
        label={t("list.sort")}
        value={filter.order}
        options={ORDERS.map((order) => ({ value: order, label: t(`list.order.${order}`) }))}
        onChange={(order) => onChange({ order })}
        className="w-48 max-w-full"
        testId="advice-order"
      />
    </div>
  )
}
