import { defineRouteConfig } from "@medusajs/admin-sdk"
import { ChartActivity } from "@medusajs/icons"
import { Button, Container, Heading, Skeleton, Text, toast } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import { AdviceEmpty } from "../../components/advice-empty"
import { AdviceFilters } from "../../components/advice-filters"
import { AdviceRows } from "../../components/advice-rows"
import { Failure } from "../../components/failure"
import { HealthNotice } from "../../components/health-notice"
import { StatusTiles } from "../../components/status-tiles"
import { Translated } from "../../components/translated"
import { PAGE_SIZE, useAdviceFilter } from "../../hooks/use-advice-filter"
import { useAdviceDownload, useAdviceList } from "../../hooks/use-advice-list"

/** All advice, most urgent first. */
const ForesightPage = () => {
  const { t } = useTranslation("foresight")
  const { filter, offset, change, clear, isFiltered } = useAdviceFilter()
  const { data, error, isPending, isPlaceholderData, refetch } = useAdviceList({ ...filter, limit: PAGE_SIZE, offset })
  const download = useAdviceDownload()
  const isEmpty = data?.count === 0 && !isFiltered
  return (
    <div className="flex flex-col gap-y-3" data-testid="foresight-page">
      <Container className="divide-y p-0">
        <div className="flex flex-wrap items-center justify-between gap-3 px-6 py-4">
          <div>
            <Heading level="h1">{t("list.title")}</Heading>
            <Text size="small" className="text-ui-fg-subtle">
              {t("list.subtitle")}
            </Text>
          </div>
          <div className="flex flex-wrap items-center gap-2">
            <Button size="small" variant="secondary" asChild>
              <Link to="/foresight/demand">{t("list.demand")}</Link>
            </Button>
            <Button size="small" variant="secondary" asChild>
              <Link to="/foresight/data">{t("list.data")}</Link>
            </Button>
            <Button size="small" variant="secondary" asChild>
              <Link to="/foresight/trainings">{t("list.trainings")}</Link>
            </Button>
            <Button
              size="small"
              variant="secondary"
              disabled={!data || data.count === 0}
              isLoading={download.isPending}
              onClick={() => download.mutate(filter, { onError: (problem) => toast.error(t("list.downloadFailed", { message: problem.message })) })}
              data-testid="download-csv"
            >
              {t("list.download")}
            </Button>
          </div>
        </div>
        <HealthNotice />
        {isPending && (
          <div className="flex flex-col gap-3 px-6 py-4" data-testid="advice-loading" aria-busy>
            <Skeleton className="h-16" />
            {Array.from({ length: 8 }, (_, row) => (
              <Skeleton key={row} className="h-8" />
            ))}
          </div>
        )}
        {error && !data && (
          <div className="px-6 py-4">
            <Failure what="advice" error={error} onRetry={refetch} />
          </div>
        )}
        {isEmpty && <AdviceEmpty />}
        {data && !isEmpty && (
          <>
            <StatusTiles counts={data.counts} chosen={filter.status} onChoose={(status) => change({ status })} />
            <AdviceFilters filter={filter} onChange={change} />
            <AdviceRows answer={data} isStale={isPlaceholderData} onPage={(page) => change({ page })} onClear={clear} />
          </>
        )}
      </Container>
    </div>
  )
}

export const config = defineRouteConfig({ label: "menu.foresight", translationNs: "foresight", icon: ChartActivity })
export const handle = { breadcrumb: () => <Translated text="menu.foresight" /> }
export default ForesightPage
