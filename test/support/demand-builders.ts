import { addDays } from "../../src/domain/day"
import { QUANTILE_LEVELS, type DemandForecast, type DemandPanel, type DemandSeries, type Frequency } from "../../src/domain/demand/types"
import { OUTLOOK_DAYS, SUM_LEVELS, type DemandOutlook, type ReplenishmentSettings } from "../../src/domain/replenishment/types"

/** A series with these units, starting with the first number that is known; price 10 throughout. */
export function aSeries(units: readonly number[], more: Partial<DemandSeries> = {}): DemandSeries {
  const first = units.findIndex((value) => !Number.isNaN(value))
  return {
    seriesId: "variant@location",
    category: null,
    firstPeriod: Math.max(0, first),
    units: Float64Array.from(units),
    price: new Float64Array(units.length).fill(10),
    ...more,
  }
}

/** A panel whose periods start on Monday 2 January 2023; ids are made unique. */
export function aPanel(series: readonly DemandSeries[], frequency: Frequency = "week"): DemandPanel {
  const step = frequency === "day" ? 1 : frequency === "week" ? 7 : 30
  return {
    frequency,
    periods: Array.from({ length: series[0]?.units.length ?? 0 }, (_, period) => addDays("2023-01-02", step * period)),
    series: series.map((entry, index) => ({ ...entry, seriesId: `variant${index}@location` })),
  }
}

/** The same demand for sure in every period: every quantile is the mean. */
export function aSureForecast(means: readonly number[], seriesId = "variant@location"): DemandForecast {
  return { seriesId, mean: Float64Array.from(means), quantiles: Float64Array.from(means.flatMap((mean) => QUANTILE_LEVELS.map(() => mean))) }
}

/** Demand of each period uniform between 0 and twice its mean: the quantile at level `q` is `2 · mean · q`. */
export function aUniformForecast(means: readonly number[], seriesId = "variant@location"): DemandForecast {
  return { seriesId, mean: Float64Array.from(means), quantiles: Float64Array.from(means.flatMap((mean) => QUANTILE_LEVELS.map((level) => 2 * mean * level))) }
}

export function someSettings(more: Partial<ReplenishmentSettings> = {}): ReplenishmentSettings {
  return { leadTimeDays: 14, leadTimeSdDays: 0, reviewDays: 7, serviceLevel: 0.95, coverDays: 14, moq: 0, packSize: 0, ...more }
}

/** About two units a day: 42 expected in 21 days, 21 + 40q at level q (59 at 95%); over the lead time of 14 days 40q; 28 in the days of cover. */
export function anOutlook(more: Partial<DemandOutlook> = {}): DemandOutlook {
  const days = Array.from({ length: OUTLOOK_DAYS + 1 }, (_, day) => day)
  return {
    inventoryItemId: "item",
    locationId: "location",
    day: "2026-10-13",
    expectedDemand: 42,
    coverDemand: 28,
    protectionQuantiles: SUM_LEVELS.map((level) => Math.round(21 + 40 * level)),
    leadTimeQuantiles: SUM_LEVELS.map((level) => Math.round(40 * level)),
    medianCurve: days.map((day) => 2 * day),
    highCurve: days.map((day) => 3 * day),
    serviceCurve: days.map((day) => 38 + 3 * day),
    settings: someSettings(),
    assumed: ["leadTimeDays"],
    overriddenBy: [],
    modelVersionId: null,
    historyWeeks: 52,
    ...more,
  }
}
