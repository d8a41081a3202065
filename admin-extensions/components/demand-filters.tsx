import { useTranslation } from "react-i18next"
import { CLASSES, DEMAND_ORDERS, type DemandFilter, type DemandFilterChange } from "../hooks/use-demand-filter"
import { FilterSelect } from "./filter-select"
import { SearchInput } from "./search-input"

const ALL = "all"

/** Search, class and sorting of the list of demand. */
export function DemandFilters({ filter, onChange }: { filter: DemandFilter; onChange: (part: DemandFilterChange) => void }) {
  const { t } = useTranslation("foresight")
  return (
    <div className="flex flex-wrap items-center gap-2 px-6 py-4">
      <SearchInput label={t("demand.search")} value={filter.q} onChange={onChange} testId="demand-search" />
      {filter.level === "variant" && (
        <FilterSelect
          label={t("demand.classFilter")}
          value={filter.demand_class ?? ALL}
          options={[{ value: ALL, label: t("demand.allClasses") }, ...CLASSES.map((name) => ({ value: name, label: t(`demand.classes.${name}.name`) }))]}
          onChange={(name) => onChange({ demand_class: name === ALL ? undefined : name })}
          className="w-48 max-w-full"
          testId="demand-class"
        />
      )}
      <FilterSelect
        label={t("list.sort")}
        value={filter.order}
        options={DEMAND_ORDERS.map((order) => ({ value: order, label: t(`demand.order.${order}`) }))}
        onChange={(order) => onChange({ order })}
        className="w-52 max-w-full"
        testId="demand-order"
      />
    </div>
  )
}
