import { expectedScore, GroupShap } from "../../boosting"
import { demandParts } from "../explain/demand-parts"
import { longRunLevel } from "../explain/long-run-level"
import { DEMAND_CAUSES, QUANTILE_LEVELS, type DemandPanel, type DemandParts, type ExplainedSpan } from "../types"
import type { BoostedDemand } from "./boosted-spec"
import { DemandHistory } from "./demand-history"
import { FeatureRows } from "./feature-rows"
import { interpolateLevels, meanOfQuantiles, type TailFactors } from "./level-interpolation"

/** Parts of the boosted model's forecasts. The mean of a period is `ℓ·f·Σ_q c_q s_q`: level times season of the divisor, and the forests' scores `s_q`,
 * weighted as the mean weighs its quantiles. A score is `E_q + Σ_g φ_qg` by TreeSHAP with the causes for groups of columns. With `E = Σ c_q E_q` and `φ_g = Σ_q c_q φ_qg`:
 * trend is `ℓ(E + φ_trend)` beside the long-run demand, season `ℓ(f − 1)(E + φ_trend) + ℓ·f·φ_season`, every other cause `ℓ·f·φ_g`.
 * Where quantiles cross or are cut at 0, `other` takes what that changes.
 * @see Lundberg, Erion & Lee (2018), Consistent individualized feature attribution for tree ensembles.
 */
export function explainBoosted(model: BoostedDemand, panel: DemandPanel, origin: number, { periods, which }: ExplainedSpan): DemandParts[] {
  const { spec, levels, forests, tails } = model
  const history = new DemandHistory(panel, spec.settings)
  const features = new FeatureRows(spec, history)
  const shares = meanShares(levels, tails)
  const expected = forests.map((forest) => expectedScore(forest))
  const groupOf = features.causes.map((cause) => DEMAND_CAUSES.indexOf(cause))
  const shap = forests.map((forest) => new GroupShap(forest, groupOf, DEMAND_CAUSES.length))
  const base = expected.reduce((sum, score, level) => sum + (shares[level] ?? 0) * score, 0)
  const columns = features.names.map(() => new Float32Array(1))
  const quantiles = new Float64Array(QUANTILE_LEVELS.length)
  return which.map((index) => {
    const series = panel.series[index]
    const units = demandParts({})
    if (!series) return units
    const level = history.levelAt(index, origin)
    const longRun = longRunLevel(series, origin, panel.frequency).demand
    for (let ahead = 0; ahead < periods; ahead++) {
      const divisor = features.write({ index, origin, from: ahead, to: ahead + 1 }, 0, columns)
      const row = Float64Array.from(columns, ([value = NaN]) => value)
      const byCause = demandParts({})
      const known = Float64Array.from(shap, (forest, at) => {
        let score = expected[at] ?? 0
        forest.of(row).forEach((value, cause) => {
          score += value
          byCause[DEMAND_CAUSES[cause] ?? "other"] += (shares[at] ?? 0) * value
        })
        return Math.max(0, score * divisor)
      })
      interpolateLevels(known, levels, tails, quantiles, 0)
      const past = base + byCause.trend
      units.trend += level * past - longRun
      units.season += (divisor - level) * past + divisor * byCause.season
      for (const cause of ["calendar", "price", "other"] as const) units[cause] += divisor * byCause[cause]
      const linear = DEMAND_CAUSES.reduce((sum, cause) => sum + byCause[cause], base) * divisor
      units.other += meanOfQuantiles(quantiles, 0) - linear
    }
    return units
  })
}

/** How much each known level counts in the mean while they ascend: the mean of a step from 0 to 1 at a level is the share of it and those above. */
function meanShares(levels: readonly number[], tails: TailFactors): Float64Array {
  const row = new Float64Array(QUANTILE_LEVELS.length)
  const from = levels.map((_, first) => {
    interpolateLevels(Float64Array.from(levels, (_level, at) => (at >= first ? 1 : 0)), levels, tails, row, 0)
    return meanOfQuantiles(row, 0)
  })
  return Float64Array.from(levels, (_, at) => (from[at] ?? 0) - (from[at + 1] ?? 0))
}
