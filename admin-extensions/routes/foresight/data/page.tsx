import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Container, Skeleton } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { ArrivalsChart } from "../../../components/arrivals-chart"
import { BackfillPanel } from "../../../components/backfill-panel"
import { CleaningSettingsDrawer } from "../../../components/cleaning-settings-drawer"
import { DataTiles } from "../../../components/data-tiles"
import { Failure } from "../../../components/failure"
import { GapNotices } from "../../../components/gap-notices"
import { ImportHistory } from "../../../components/import-history"
import { ImportUpload } from "../../../components/import-upload"
import { PageHead } from "../../../components/page-head"
import { SetAsideLines } from "../../../components/set-aside-lines"
import { Translated } from "../../../components/translated"
import { useData } from "../../../hooks/use-data"

/** What arrives, what does not count and why, what is missing, and imports. */
const DataPage = () => {
  const { t } = useTranslation("foresight")
  const { data, error, isPending, refetch } = useData()
  return (
    <div className="flex flex-col gap-y-3" data-testid="foresight-data">
      <Container className="divide-y p-0">
        <PageHead title={t("data.title")} subtitle={t("data.subtitle")}>
          <CleaningSettingsDrawer />
        </PageHead>
        {isPending && (
          <div className="flex flex-col gap-3 px-6 py-4" data-testid="data-loading" aria-busy>
            <Skeleton className="h-20" />
            <Skeleton className="h-48" />
          </div>
        )}
        {error && !data && (
          <div className="px-6 py-4">
            <Failure what="data" error={error} onRetry={refetch} />
          </div>
        )}
        {data && (
          <>
            <GapNotices gaps={data.gaps} />
            <DataTiles data={data} />
            <ArrivalsChart data={data} />
          </>
        )}
      </Container>
      <SetAsideLines counts={data?.set_aside ?? {}} counting={data?.counting ?? {}} />
      <ImportUpload />
      <ImportHistory />
      <BackfillPanel />
    </div>
  )
}

export const config = defineRouteConfig({ label: "menu.data", translationNs: "foresight" })
export const handle = { breadcrumb: () => <Translated text="menu.data" /> }
export default DataPage
