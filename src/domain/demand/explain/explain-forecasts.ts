import { DEMAND_CAUSES, type DemandForecast, type DemandModel, type DemandPanel } from "../types"
import { partsOfModel } from "./demand-parts"
import { longRunLevel } from "./long-run-level"

/** Why a forecast differs from what the item sells in the long run: the model's causes, and `stock_out`, what was wanted but could not be sold. */
export const REASON_GROUPS = ["trend", "season", "calendar", "price", "stock_out", "other"] as const
export type ReasonGroup = (typeof REASON_GROUPS)[number]

/** One reason. */
export interface ForecastReason {
  group: ReasonGroup
  /** Units that it adds to, or takes from, the expected total. */
  units: number
}

/** A forecast's expected total taken apart: `expected = periods × longRun + Σ units`. */
export interface ForecastReasons {
  /** First periods whose total it is. */
  periods: number
  /** Units a period, as they were sold in the last year. */
  longRun: number
  /** All of `REASON_GROUPS`, in its order. */
  reasons: ForecastReason[]
}

/** Periods whose total is explained: what lists of demand speak of. */
const EXPLAINED_PERIODS: Record<DemandPanel["frequency"], number> = { day: 28, week: 4, month: 1 }

/** Takes each series' forecast apart. The stock-out correction is what it adds to the long-run level, so that a stock-out of long ago is no trend of today; the
 * model's causes are measured from the corrected level. What the model's own word leaves of the forecast (a calibration, a reconciliation) is `other`.
 * @param forecasts Of all series of the panel, in its order, as they are served; `model` made them, or most of them.
 * @param most Periods whose total it is, as far as the horizon goes.
 * @returns In the order of the series.
 */
export function explainForecasts(
  model: DemandModel,
  panel: DemandPanel,
  origin: number,
  forecasts: readonly DemandForecast[],
  most = EXPLAINED_PERIODS[panel.frequency]
): ForecastReasons[] {
  const horizon = forecasts[0]?.mean.length ?? 0
  const periods = Math.min(horizon, most)
  const parts = periods > 0 ? partsOfModel(model, panel, origin, horizon, { periods, which: [...panel.series.keys()] }) : []
  return panel.series.map((series, at) => {
    const level = longRunLevel(series, origin, panel.frequency)
    const expected = (forecasts[at]?.mean.subarray(0, periods) ?? new Float64Array()).reduce((sum, units) => sum + units, 0)
    const units = { trend: 0, season: 0, calendar: 0, price: 0, stock_out: periods * (level.demand - level.sold), other: 0 }
    for (const cause of DEMAND_CAUSES) {
      const part = parts[at]?.[cause] ?? 0
      if (cause !== "other" && Number.isFinite(part)) units[cause] = part
    }
    units.other = expected - periods * level.sold - units.trend - units.season - units.calendar - units.price - units.stock_out
    return { periods, longRun: level.sold, reasons: REASON_GROUPS.map((group) => ({ group, units: units[group] })) }
  })
}
