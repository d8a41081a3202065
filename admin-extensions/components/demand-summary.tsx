import { Skeleton, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import { isNotForecast, useDemandSeries } from "../hooks/use-demand"
import type { DemandPlace } from "../hooks/use-demand-filter"
import { useFormats } from "../hooks/use-formats"
import { DemandOutlookChart } from "./demand-outlook-chart"
import { DemandReasons } from "./demand-reasons"
import { remarksText } from "./demand-words"
import { Failure } from "./failure"
import { NewcomerNote } from "./newcomer-note"

const WEEKS_SHOWN = 26

/** A small chart and one sentence about a product or a variant, with the way to the rest. */
export function DemandSummary({ place }: { place: DemandPlace }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const { data, error, isPending, refetch } = useDemandSeries(place)
  return (
    <div className="flex flex-col gap-2 px-6 py-4" data-testid="demand-summary" aria-busy={isPending}>
      {isPending && <Skeleton className="h-44 w-full" />}
      {error && !data && (isNotForecast(error) ? <Text size="small">{t("demand.notForecast")}</Text> : <Failure what="demand" error={error} onRetry={refetch} />)}
      {place.level === "variant" && isNotForecast(error) && !data && <NewcomerNote variantId={place.id} />}
      {data && (
        <>
          <Text size="small" data-testid="demand-sentence">
            {remarksText(t, format, data.remarks)}
          </Text>
          {data.demand_class === "new" && <NewcomerNote variantId={place.id} />}
          <DemandOutlookChart answer={data} past={WEEKS_SHOWN} height={160} />
          <DemandReasons answer={data} />
          <Link
            to={`/foresight/demand?of=${place.level}&id=${encodeURIComponent(place.id)}`}
            className="txt-compact-small text-ui-fg-interactive hover:text-ui-fg-interactive-hover self-start"
          >
            {t("demand.more")}
          </Link>
        </>
      )}
    </div>
  )
}
