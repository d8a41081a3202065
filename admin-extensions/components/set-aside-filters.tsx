import { useTranslation } from "react-i18next"
import { SOURCES, STATES, type SetAsideFilter } from "../hooks/use-set-aside-filter"
import { FilterSelect } from "./filter-select"
import { SearchInput } from "./search-input"

const ALL = "all"

interface SetAsideFiltersProps {
  filter: SetAsideFilter
  onChange: (part: { q?: string; source?: string | undefined; state?: string | undefined; reason?: undefined }) => void
}

/** Search, source and state of the list of lines. */
export function SetAsideFilters({ filter, onChange }: SetAsideFiltersProps) {
  const { t } = useTranslation("foresight")
  return (
    <div className="flex flex-wrap items-center gap-2 px-6 py-4">
      <SearchInput label={t("data.lines.search")} value={filter.q} onChange={onChange} testId="set-aside-search" />
      <FilterSelect
        label={t("data.lines.source")}
        value={filter.source ?? ALL}
        options={[{ value: ALL, label: t("data.lines.allSources") }, ...SOURCES.map((source) => ({ value: source, label: t(`data.sources.${source}`) }))]}
        onChange={(source) => onChange({ source: source === ALL ? undefined : source })}
        className="w-44 max-w-full"
        testId="set-aside-source"
      />
      <FilterSelect
        label={t("data.lines.state")}
        value={filter.state}
        options={STATES.map((state) => ({ value: state, label: t(`data.states.${state}`) }))}
        onChange={(state) => onChange({ state: state === "set_aside" ? undefined : state, reason: undefined })}
        className="w-52 max-w-full"
        testId="set-aside-state"
      />
    </div>
  )
}
