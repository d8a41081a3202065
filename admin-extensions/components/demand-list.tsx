import { Container, Heading, Tabs } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { useDemandList } from "../hooks/use-demand"
import { LEVELS, type useDemandFilter } from "../hooks/use-demand-filter"
import { DemandFilters } from "./demand-filters"
import { DemandRows } from "./demand-rows"
import { ListStates } from "./list-states"

interface DemandListProps extends Pick<ReturnType<typeof useDemandFilter>, "filter" | "place" | "change" | "show" | "isFiltered"> {
  query: ReturnType<typeof useDemandList>
}

/** Categories, products or variants: what they sold and what they will. */
export function DemandList({ filter, place, change, show, isFiltered, query }: DemandListProps) {
  const { t } = useTranslation("foresight")
  const { data, isPlaceholderData } = query
  const openPlace = (wanted: typeof place) => {
    show(wanted)
    document.getElementById("foresight-demand-top")?.scrollIntoView({ behavior: "smooth", block: "start" })
  }
  return (
    <Container className="divide-y p-0" data-testid="demand-list">
      <Tabs value={filter.level} onValueChange={(level) => change({ level, demand_class: undefined })}>
        <div className="flex flex-wrap items-center justify-between gap-3 px-6 py-4">
          <Heading level="h2">{t("demand.list")}</Heading>
          <Tabs.List aria-label={t("demand.levelTabs")}>
            {LEVELS.map((level) => (
              <Tabs.Trigger key={level} value={level} data-testid={`level-${level}`}>
                {t(`demand.levels.${level}`)}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
        </div>
        <Tabs.Content value={filter.level} className="divide-y">
          <DemandFilters filter={filter} onChange={change} />
          <ListStates
            what="demand"
            query={query}
            rows={data?.demand}
            bars={8}
            emptyText={t(isFiltered ? "list.noMatch" : "demand.emptyTitle")}
            emptyTestId="demand-no-match"
          />
          {data && data.demand.length > 0 && (
            <DemandRows answer={data} shown={place} isStale={isPlaceholderData} onPage={(page) => change({ page })} onShow={openPlace} />
          )}
        </Tabs.Content>
      </Tabs>
    </Container>
  )
}
