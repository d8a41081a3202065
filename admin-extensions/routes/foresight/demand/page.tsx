import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Container } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { AccuracyPanel } from "../../../components/accuracy-panel"
import { DemandDetail } from "../../../components/demand-detail"
import { DemandEmpty } from "../../../components/demand-empty"
import { DemandList } from "../../../components/demand-list"
import { NewcomersPanel } from "../../../components/newcomers-panel"
import { PageHead } from "../../../components/page-head"
import { PastOverrides } from "../../../components/past-overrides"
import { SurprisesPanel } from "../../../components/surprises-panel"
import { Translated } from "../../../components/translated"
import { useDemandList } from "../../../hooks/use-demand"
import { DEMAND_A_PAGE, useDemandFilter } from "../../../hooks/use-demand-filter"

/** What will sell, how sure that is, how good forecasts were, and what was odd. */
const DemandPage = () => {
  const { t } = useTranslation("foresight")
  const { filter, offset, place, change, show, isFiltered } = useDemandFilter()
  const query = useDemandList({ ...filter, limit: DEMAND_A_PAGE, offset })
  const isEmpty = query.data?.first_day === null
  return (
    <div className="flex flex-col gap-y-3" data-testid="foresight-demand" id="foresight-demand-top">
      <Container className="p-0">
        <PageHead title={t("demand.title")} subtitle={t("demand.subtitle")}>
          {null}
        </PageHead>
      </Container>
      {isEmpty ? (
        <DemandEmpty />
      ) : (
        <>
          <DemandDetail key={`${place.level} ${place.id}`} place={place} onShow={show} />
          <DemandList filter={filter} place={place} change={change} show={show} isFiltered={isFiltered} query={query} />
          <NewcomersPanel />
          <SurprisesPanel onShow={show} />
          <AccuracyPanel />
          <PastOverrides />
        </>
      )}
    </div>
  )
}

export const config = defineRouteConfig({ label: "menu.demand", translationNs: "foresight" })
export const handle = { breadcrumb: () => <Translated text="menu.demand" /> }
export default DemandPage
