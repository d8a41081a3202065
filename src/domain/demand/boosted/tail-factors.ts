import { predictBoosting, type BoostedTrees } from "../../boosting"
import { QUANTILE_LEVELS } from "../types"
import { weightedQuantiles } from "../weighted-quantiles"
import type { TailFactors } from "./level-interpolation"
import type { DemandTable } from "./training-table"

/** Rows at which a factor goes half of its way from the usual one. */
const HALF_TRUST = 200
/** A normal distribution's steps beyond its 0.1 and 0.9 quantiles, as factors at a variation of one half. */
const USUAL = { high: [1.24, 1.35, 1.47], low: [0.2, 0.4, 0.6] } as const

/** Factors of the outermost levels, from forecasts of blocks that training had not seen: the one that minimises `Σ w·ρ_q(y − f·ŷ)` is the weighted
 * q-quantile of `y / ŷ`.
 * @param top The highest level that the final model has a forest of.
 * @returns `early`: of levels outside 0.1 … 0.9; `final`: of those outside 0.1 … `top`, over the forest of `top`.
 */
export function tailFactors(lowest: BoostedTrees, highest: BoostedTrees, held: Pick<DemandTable, "columns" | "target" | "weight">, top: number): { early: TailFactors; final: TailFactors } {
  const rows = held.target.length
  const ratios = (forest: BoostedTrees) => {
    const scores = predictBoosting(forest, held.columns, rows)
    const use = [...scores.keys()].filter((row) => (scores[row] ?? 0) > 1e-6)
    const values = Float64Array.from(use, (row) => Math.max(0, held.target[row] ?? 0) / (scores[row] ?? 1))
    const weights = Float64Array.from(use, (row) => (scores[row] ?? 0) * (held.weight[row] ?? 0))
    return { count: use.length, factors: use.length > 0 ? weightedQuantiles(values, weights) : null }
  }
  const [below, above] = [ratios(lowest), ratios(highest)]
  const early = Float64Array.from(QUANTILE_LEVELS, (level, at) => {
    if (level >= 0.1 && level <= 0.9) return 1
    const side = level < 0.5 ? below : above
    const usual = (level < 0.5 ? USUAL.low[at] : USUAL.high[at - (QUANTILE_LEVELS.length - USUAL.high.length)]) ?? 1
    const trust = side.count / (side.count + HALF_TRUST)
    const found = side.factors?.[at] ?? usual
    const bounded = level < 0.5 ? Math.min(1, found) : Math.max(1, Math.min(5, found))
    return trust * bounded + (1 - trust) * usual
  })
  const atTop = early[QUANTILE_LEVELS.findIndex((level) => level === top)] ?? 1
  return { early, final: early.map((factor, at) => ((QUANTILE_LEVELS[at] ?? 0) > top ? Math.max(1, factor / atTop) : factor)) }
}
