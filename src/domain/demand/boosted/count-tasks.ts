import { binTable, type BoostingTask } from "../../boosting"
import { columnsInUnits } from "./count-columns"
import { COUNT_THRESHOLDS, MOST_COUNTED } from "./count-quantiles"
import type { FeatureRows } from "./feature-rows"
import type { DemandTable } from "./training-table"

/** About half of a quantile's rounds, and no early stopping: from 30 to 110 the loss is the same (docs/models/boosted.md). */
const ROUNDS = 60
/** Fewer rows say too little of each threshold: quantile forests, which learn from items of all sizes together, serve alone. Not measured on less. */
const FEWEST_ROWS = 5000

interface CountTasksInput {
  train: DemandTable
  /** Per series of the panel whether it sells whole units: only what does can be counted. */
  whole: readonly boolean[]
  features: Pick<FeatureRows, "names" | "categorical">
  maxBins: number
  /** Of every forest; the loss and the rounds are added. */
  options: Omit<BoostingTask["options"], "loss" | "rounds">
  /** 5,000 when left out. */
  fewestRows?: number
}

/** Training tasks of the rows of whole units that are slow enough to be counted: one a threshold, whether demand exceeds it.
 * @returns The tasks for the rows whose target ends by `end`, none where those are too few; all share one table.
 * @see Frank & Hall (2001), A simple approach to ordinal classification, ECML.
 */
export function countTasks({ train, whole, features, maxBins, options, fewestRows = FEWEST_ROWS }: CountTasksInput): (end: number) => BoostingTask[] {
  const slow = Uint32Array.from(train.size.keys()).filter((row) => (train.size[row] ?? Infinity) <= MOST_COUNTED && whole[train.series[row] ?? 0])
  if (slow.length < fewestRows) return () => []
  const columns = train.columns.map((column) => Float32Array.from(slow, (row) => column[row] ?? NaN))
  const inUnits = columnsInUnits(features.names, columns)
  const table = binTable({
    names: [...features.names, ...inUnits.map(({ name }) => name)],
    columns: [...columns, ...inUnits.map(({ values }) => values)],
    categorical: features.categorical,
    maxBins,
  })
  const units = Float64Array.from(slow, (row) => Math.round((train.target[row] ?? 0) * (train.size[row] ?? 0)))
  // as the loss of every threshold is in units already, rows differ by their age alone
  const weight = Float64Array.from(slow, (row) => (train.weight[row] ?? 0) / (train.size[row] ?? 1))
  return (end) => {
    const rows = Uint32Array.from(slow.keys()).filter((place) => (train.ends[slow[place] ?? 0] ?? Infinity) <= end)
    if (rows.length < fewestRows) return []
    return COUNT_THRESHOLDS.map((threshold) => {
      const target = units.map((value) => (value > threshold ? 1 : 0))
      return { table, rows, target, weight, options: { ...options, loss: { kind: "logistic" }, rounds: ROUNDS } }
    })
  }
}
