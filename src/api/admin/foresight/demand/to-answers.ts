import type { DemandOverride, PastOverride } from "../../../../database/stores/demand-override-store"
import type { PlainFigures } from "../../../../domain/insight/plain-accuracy"
import { itemTitle } from "../../../../domain/insight/item-title"
import type { DemandDetail } from "../../../../modules/foresight/demand-detail"
import type { DemandModelName } from "../../../../modules/foresight/demand-desk"
import type { DemandLine } from "../../../../modules/foresight/demand-list"
import { compared } from "../../../../modules/foresight/demand-overrides"
import type { DemandReasons } from "../../../../modules/foresight/demand-reasons"
import type { DemandAccuracy, DemandSurprises, Surprise } from "../../../../modules/foresight/demand-review"
import type { ReplacementsAround } from "../../../../modules/foresight/replacements"
import type {
  DemandAccuracyAnswer,
  DemandFiguresAnswer,
  DemandLineAnswer,
  DemandOverrideAnswer,
  DemandReasonsAnswer,
  DemandSeriesAnswer,
  DemandSurpriseAnswer,
  DemandSurprisesAnswer,
} from "../../../answers"
import { replacementAnswer } from "./replacements/to-answers"

/** Names of locations by id. */
type Names = ReadonlyMap<string, string>

/** One line of the list as the API shows it. */
export function lineAnswer({ id, title, sku, thumbnail, productId, series, demandClass, historyWeeks, sold, next, change, isOverridden }: DemandLine): DemandLineAnswer {
  const own = { product_id: productId, demand_class: demandClass, history_weeks: historyWeeks, is_overridden: isOverridden }
  return { id, title, sku, thumbnail, series, sold, next, change, ...own }
}

/** One group in full as the API shows it. */
export function detailAnswer(
  detail: DemandDetail,
  { names, channelNames, firstDay, model, around, tookMs }: { names: Names; channelNames: Names; firstDay: string; model: DemandModelName | null; around: ReplacementsAround; tookMs: number }
): DemandSeriesAnswer {
  const labels = { title: detail.title, sku: detail.sku }
  const { days, isOwn, mean, low, high } = detail.leadTime
  return {
    level: detail.level,
    id: detail.id,
    ...labels,
    thumbnail: detail.thumbnail,
    product_id: detail.productId,
    series: detail.series,
    demand_class: detail.demandClass,
    classes: { ...detail.classes },
    history_weeks: detail.historyWeeks,
    locations: detail.locationIds.map((id) => ({ id, name: names.get(id) ?? null })),
    first_day: firstDay,
    model,
    history: detail.history.map(({ firstDay: day, outOfStock, ...week }) => ({ first_day: day, out_of_stock: outOfStock, ...week })),
    forecast: detail.forecast.map(({ firstDay: day, modelMean, ...band }) => ({ first_day: day, model_mean: modelMean, ...band })),
    next: detail.next,
    channels: detail.channels.map(({ salesChannelId, ...channel }) => ({ id: salesChannelId || null, name: channelNames.get(salesChannelId) ?? null, ...channel })),
    lead_time: { mean, low, high, days, is_own: isOwn },
    promotions: detail.promotions.map(({ startsOn, endsOn, isRunning, isOver, ...promotion }) => ({
      ...promotion,
      starts_on: startsOn,
      ends_on: endsOn,
      is_running: isRunning,
      is_over: isOver,
    })),
    overrides: detail.overrides.map((override) => overrideAnswer(override, names, detail.level === "variant" ? labels : null)),
    inherits_from: around.inheritsFrom.map(replacementAnswer),
    replaced_by: around.replacedBy && replacementAnswer(around.replacedBy),
    remarks: detail.remarks,
    sentence: detail.sentence,
    reasons: detail.reasons && reasonsAnswer(detail.reasons),
    took_ms: tookMs,
  }
}

function reasonsAnswer({ weeks, longRun, expected, reasons, remark, sentence }: DemandReasons): DemandReasonsAnswer {
  return { weeks, long_run: longRun, expected, reasons, code: remark?.code ?? null, because: remark?.because ?? [], sentence }
}

/** One override as the API shows it; with what happened where its days are over. */
export function overrideAnswer(
  override: DemandOverride | PastOverride,
  names: Names,
  labels: { title: string | null; sku: string | null } | null
): DemandOverrideAnswer {
  return {
    id: override.id,
    variant_id: override.variantId,
    location_id: override.locationId,
    location_name: names.get(override.locationId) ?? null,
    title: labels?.title ?? null,
    sku: labels?.sku ?? null,
    from_day: override.fromDay,
    to_day: override.toDay,
    units_per_week: override.unitsPerWeek,
    factor: override.factor,
    note: override.note,
    forecast_units: override.forecastUnits,
    override_units: override.overrideUnits,
    created_by: override.createdBy,
    created_at: override.createdAt.toISOString(),
    ended_by: override.endedBy,
    ended_at: override.endedAt?.toISOString() ?? null,
    outcome: "soldUnits" in override ? outcomeOf(override) : null,
  }
}

function outcomeOf(override: PastOverride): NonNullable<DemandOverrideAnswer["outcome"]> {
  const { forecastUnits, overrideUnits, nearer } = compared(override)
  return { sold_units: override.soldUnits, forecast_units: forecastUnits, override_units: overrideUnits, days: override.daysHeld, nearer }
}

const figuresAnswer = ({ off, bias, belowUpper }: PlainFigures): DemandFiguresAnswer => ({ off, bias, below_upper: belowUpper })

/** How good forecasts were as the API shows it. */
export function accuracyAnswer({ model, backtest, lived, keptSince }: DemandAccuracy): DemandAccuracyAnswer {
  return {
    model: model && { version: model.version, algorithm: model.algorithm, created_at: model.createdAt.toISOString(), data_to: model.dataTo },
    backtest: backtest && {
      sum_weeks: backtest.sumWeeks,
      origins: backtest.origins,
      held_out_origins: backtest.heldOutOrigins,
      overall: figuresAnswer(backtest.overall),
      naive: backtest.naive && figuresAnswer(backtest.naive),
      classes: backtest.classes.map(({ demandClass, series, model: name, ...figures }) => ({ ...figuresAnswer(figures), demand_class: demandClass, series, model: name })),
    },
    lived: {
      weeks: lived.weeks,
      replayed_weeks: lived.replayedWeeks,
      classes: lived.classes.map(({ demandClass, items, weeks, inside, sold, forecast, absoluteError }) => ({
        demand_class: demandClass,
        items,
        count: weeks,
        inside,
        off: sold > 0 ? absoluteError / sold : null,
        bias: sold > 0 ? (forecast - sold) / sold : null,
      })),
    },
    kept_since: keptSince,
  }
}

/** What surprised as the API shows it. */
export function surprisesAnswer({ misses, anomalies, anomalyCount, anomalyWeek, keptSince }: DemandSurprises, names: Names): DemandSurprisesAnswer {
  const one = (surprise: Surprise) => surpriseAnswer(surprise, names)
  return { misses: misses.map(one), anomalies: anomalies.map(one), anomaly_count: anomalyCount, anomaly_week: anomalyWeek, kept_since: keptSince }
}

function surpriseAnswer(surprise: Surprise, names: Names): DemandSurpriseAnswer {
  const { variantTitle, productTitle } = surprise
  return {
    variant_id: surprise.variantId,
    location_id: surprise.locationId,
    location_name: names.get(surprise.locationId) ?? null,
    product_id: surprise.productId,
    title: itemTitle(productTitle, variantTitle),
    sku: surprise.sku,
    first_day: surprise.firstDay,
    sold: surprise.sold,
    mean: surprise.mean,
    low: surprise.q10,
    high: surprise.q90,
    lowest: surprise.q01,
    highest: surprise.q99,
    reason: surprise.reason,
    out_of_stock: surprise.outOfStock,
    largest_order: surprise.largestOrder,
    promotion: surprise.promotion,
  }
}
