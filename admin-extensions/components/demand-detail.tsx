import { Button, Container, Heading, Skeleton, StatusBadge, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { DemandSeriesAnswer } from "../../src/api/answers"
import { isNotForecast, useDemandSeries } from "../hooks/use-demand"
import { WHOLE_SHOP, type DemandPlace } from "../hooks/use-demand-filter"
import { useFormats } from "../hooks/use-formats"
import { AboutBand } from "./about-band"
import { DemandChannels } from "./demand-channels"
import { DemandOutlookChart } from "./demand-outlook-chart"
import { DemandReasons } from "./demand-reasons"
import { DemandWeeksTable } from "./demand-weeks-table"
import { changeText, placeTitle, remarksText } from "./demand-words"
import { Failure } from "./failure"
import { NewcomerNote } from "./newcomer-note"
import { OverrideDrawer } from "./override-drawer"
import { OverrideList } from "./override-list"
import { ReplacementPanel } from "./replacement-panel"
import { Stat } from "./stat"
import { WhatIfPanel } from "./what-if-panel"

const WEEKS_SHOWN = 52

/** One shop, category, product or variant in full. */
export function DemandDetail({ place, onShow }: { place: DemandPlace; onShow: (place: DemandPlace) => void }) {
  const { t } = useTranslation("foresight")
  const { data, error, isPending, refetch } = useDemandSeries(place)
  const isGone = isNotForecast(error)
  return (
    <Container className="divide-y p-0" data-testid="demand-detail" data-level={place.level} data-id={place.id} aria-busy={isPending}>
      {isPending && (
        <div className="flex flex-col gap-3 px-6 py-4" data-testid="demand-detail-loading">
          <Skeleton className="h-8 w-64" />
          <Skeleton className="h-16" />
          <Skeleton className="h-56" />
        </div>
      )}
      {error && !data && (
        <div className="flex flex-col items-start gap-3 px-6 py-4">
          {isGone ? <Text size="small">{t("demand.notForecast")}</Text> : <Failure what="demand" error={error} onRetry={refetch} />}
          {isGone && place.level === "variant" && <NewcomerNote variantId={place.id} />}
          {place.level !== "shop" && (
            <Button size="small" variant="secondary" onClick={() => onShow(WHOLE_SHOP)}>
              {t("demand.toShop")}
            </Button>
          )}
        </div>
      )}
      {data && <Detail answer={data} onShow={onShow} />}
    </Container>
  )
}

function Detail({ answer, onShow }: { answer: DemandSeriesAnswer; onShow: (place: DemandPlace) => void }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const { level, next, lead_time: leadTime, product_id: productId } = answer
  const change = next.sold > 0 ? next.mean / next.sold - 1 : null
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-3 px-6 py-4">
        <div className="min-w-0 max-w-3xl">
          <div className="flex flex-wrap items-center gap-2">
            <Heading level="h2" data-testid="demand-detail-title">
              {placeTitle(t, answer)}
            </Heading>
            {answer.demand_class && <StatusBadge color="grey">{t(`demand.classes.${answer.demand_class}.name`)}</StatusBadge>}
            {answer.sku && (
              <Text as="span" size="small" className="text-ui-fg-muted">
                {answer.sku}
              </Text>
            )}
          </div>
          <Text size="small" className="text-ui-fg-subtle mt-1" data-testid="demand-sentence">
            {remarksText(t, format, answer.remarks)}
          </Text>
          {answer.demand_class === "new" && <NewcomerNote variantId={answer.id} />}
          {level === "product" && productId && (
            <Link to={`/products/${productId}`} className="txt-compact-small text-ui-fg-interactive hover:text-ui-fg-interactive-hover">
              {t("demand.openProduct")}
            </Link>
          )}
          {level === "variant" && productId && (
            <Link
              to={`/products/${productId}/variants/${answer.id}`}
              className="txt-compact-small text-ui-fg-interactive hover:text-ui-fg-interactive-hover"
            >
              {t("demand.openVariant")}
            </Link>
          )}
        </div>
        <div className="flex items-center gap-2">
          {level !== "shop" && (
            <Button size="small" variant="transparent" onClick={() => onShow(WHOLE_SHOP)} data-testid="demand-to-shop">
              {t("demand.toShop")}
            </Button>
          )}
          {level === "variant" && <OverrideDrawer answer={answer} />}
        </div>
      </div>
      <dl className="grid grid-cols-2 gap-4 px-6 py-4 md:grid-cols-4">
        <Stat label={t("demand.soldLately")} testId="demand-sold">
          {format.units(next.sold)}
        </Stat>
        <Stat label={t("demand.nextWeeks")} hint={t("demand.nextHint")} testId="demand-next">
          <AboutBand band={next} />
        </Stat>
        <Stat label={t("demand.change")}>{change === null ? "–" : changeText(format, change)}</Stat>
        <Stat
          label={t("demand.leadTime", { count: leadTime.days })}
          hint={t(leadTime.is_own ? "demand.leadTimeOwn" : "demand.leadTimeDefault")}
          testId="demand-lead-time"
        >
          <AboutBand band={leadTime} />
        </Stat>
      </dl>
      <div className="flex flex-col gap-2 px-6 py-4">
        <DemandOutlookChart answer={answer} past={WEEKS_SHOWN} height={240} />
        <DemandWeeksTable answer={answer} />
        <DemandReasons answer={answer} />
        <Text size="xsmall" className="text-ui-fg-muted">
          {answer.series > 1 && `${t("demand.sumOf", { count: answer.series })} `}
          {answer.model
            ? t("demand.byModel", { version: answer.model.version, algorithm: answer.model.algorithm, day: format.day(answer.first_day) })
            : t("demand.byRule", { day: format.day(answer.first_day) })}
        </Text>
      </div>
      <DemandChannels channels={answer.channels} />
      {level === "variant" && <WhatIfPanel key={answer.id} variantId={answer.id} />}
      {level === "variant" && <ReplacementPanel variantId={answer.id} />}
      {answer.overrides.length > 0 && <OverrideList overrides={answer.overrides} />}
    </>
  )
}
