import { applyLink, predictBoosting, type BoostedTrees } from "../../boosting"
import { columnsInUnits } from "./count-columns"
import { countQuantiles, MOST_COUNTED } from "./count-quantiles"

/** Units up to which the counted quantiles serve alone; between here and `MOST_COUNTED` they are averaged with those of the quantile forests. */
const WHOLLY_COUNTED = 4

/** What the counting forests say of the slow rows among some features.
 * @param forests One a threshold; none where nothing was slow when they were trained.
 * @param sizes Units of each row by its level and season: what is divided by in its target, times its periods; infinite where units are not whole.
 * @returns By row: quantiles at `QUANTILE_LEVELS`, and how far they replace others, 0 … 1. Rows that are too fast are missing.
 */
export function countedRows(
  forests: readonly BoostedTrees[],
  names: readonly string[],
  columns: readonly Float32Array[],
  sizes: readonly number[]
): Map<number, { quantiles: Float64Array; share: number }> {
  const rows = [...sizes.keys()].filter((row) => (sizes[row] ?? Infinity) <= MOST_COUNTED)
  if (forests.length === 0 || rows.length === 0) return new Map()
  const slow = columns.map((column) => Float32Array.from(rows, (row) => column[row] ?? NaN))
  const table = [...slow, ...columnsInUnits(names, slow).map(({ values }) => values)]
  const chances = forests.map((forest) => applyLink("logit", predictBoosting(forest, table, rows.length)))
  return new Map(
    rows.map((row, at) => [row, { quantiles: countQuantiles(chances.map((chance) => chance[at] ?? 0)), share: (sizes[row] ?? 0) <= WHOLLY_COUNTED ? 1 : 0.5 }])
  )
}
