import { predictBoosting } from "../../boosting"
import { sellsWholeUnits } from "../sells-whole-units"
import { QUANTILE_LEVELS, type DemandForecast, type DemandModel, type DemandSeries } from "../types"
import type { BoostedDemand } from "./boosted-spec"
import { countedRows } from "./counted-rows"
import { DemandHistory } from "./demand-history"
import { explainBoosted } from "./explain-boosted"
import { FeatureRows } from "./feature-rows"
import { interpolateLevels, meanOfQuantiles } from "./level-interpolation"
import { targetWindows } from "./training-table"

const LEVELS = QUANTILE_LEVELS.length
/** Rows whose features are held at a time. */
const BLOCK_ROWS = 16_384

export const BOOSTED_MODEL = "boosted"

/** Boosted trees as a demand model: one forest a quantile, all series, periods ahead and sums in one table. The quantiles of slow items are counted: one forest a
 * number of units. Means are those of the quantile forests throughout.
 * @see Friedman (2001), Annals of Statistics 29(5); Ke et al. (2017), LightGBM, NeurIPS; quantiles: Koenker & Bassett (1978), Econometrica 46(1); counts: Frank & Hall (2001), ECML.
 */
export function boostedModel(parts: BoostedDemand): DemandModel {
  const { spec, levels, forests, tails, counts } = parts
  return {
    name: BOOSTED_MODEL,
    explain: (panel, origin, _horizon, span) => explainBoosted(parts, panel, origin, span),
    forecast(panel, origin, horizon, sums = []) {
      const history = new DemandHistory(panel, spec.settings)
      const features = new FeatureRows(spec, history)
      const windows = targetWindows(horizon, sums)
      const whole = counts.length > 0 ? sellsWholeUnits(panel, origin) : []
      const forecasts: DemandForecast[] = []
      const perBlock = Math.max(1, Math.floor(BLOCK_ROWS / Math.max(1, windows.length)))
      const columns = features.names.map(() => new Float32Array(perBlock * windows.length))
      const known = new Float64Array(levels.length)
      const row = new Float64Array(LEVELS)
      for (let start = 0; start < panel.series.length; start += perBlock) {
        const end = Math.min(panel.series.length, start + perBlock)
        const divisors: number[] = []
        for (let index = start; index < end; index++) {
          for (const { from, to } of windows) divisors.push(features.write({ index, origin, from, to }, divisors.length, columns) * (to - from))
        }
        const scores = forests.map((trees) => predictBoosting(trees, columns, divisors.length))
        const countable = divisors.map((units, at) => (whole[start + Math.floor(at / windows.length)] ? units : Infinity))
        const counted = countedRows(counts, features.names, columns, countable)
        for (let index = start; index < end; index++) {
          const series = panel.series[index] as DemandSeries
          const forecast: DemandForecast = { seriesId: series.seriesId, mean: new Float64Array(horizon), quantiles: new Float64Array(horizon * LEVELS) }
          const totals = new Map<number, { mean: number; quantiles: Float64Array }>()
          windows.forEach(({ from, to }, which) => {
            const at = (index - start) * windows.length + which
            for (let level = 0; level < levels.length; level++) known[level] = Math.max(0, (scores[level]?.[at] ?? 0) * (divisors[at] ?? 0))
            interpolateLevels(known, levels, tails, row, 0)
            const mean = meanOfQuantiles(row, 0)
            const count = counted.get(at)
            if (count) row.forEach((quantile, level) => (row[level] = (1 - count.share) * quantile + count.share * (count.quantiles[level] ?? 0)))
            if (which < horizon) {
              forecast.quantiles.set(row, from * LEVELS)
              forecast.mean[from] = mean
            }
            if (from === 0) totals.set(to, { mean, quantiles: row.slice() })
          })
          forecast.sums = sums.flatMap((periods) => {
            const total = totals.get(periods)
            return total ? [{ periods, ...total }] : []
          })
          forecasts.push(forecast)
        }
      }
      return forecasts
    },
  }
}
