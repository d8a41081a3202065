import { binTable, binTableLike, type BoostedTrees, type BoostingTask } from "../domain/boosting"
import { boostedModel } from "../domain/demand/boosted/boosted-model"
import { boostedSpec, type BoostedDemand } from "../domain/demand/boosted/boosted-spec"
import { countTasks } from "../domain/demand/boosted/count-tasks"
import { DemandHistory } from "../domain/demand/boosted/demand-history"
import { FeatureRows } from "../domain/demand/boosted/feature-rows"
import { chooseLevelSettings } from "../domain/demand/boosted/level-settings"
import { tailFactors } from "../domain/demand/boosted/tail-factors"
import { demandTable, targetWindows, type DemandTable } from "../domain/demand/boosted/training-table"
import { panelSample } from "../domain/demand/panel-part"
import { sellsWholeUnits } from "../domain/demand/sells-whole-units"
import type { DemandModel, DemandPanel } from "../domain/demand/types"
import { ForesightError } from "../domain/errors"
import type { FitStage } from "../domain/training"
import { trainForests } from "./train-forests"

export interface FitBoostedDemand {
  horizon: number
  /** Numbers of periods whose total is forecast too. */
  sums: readonly number[]
  seed: number
  /** Origins of the validation blocks, all before the limit, oldest first; at least one. */
  validation: readonly number[]
  /** Threads at most; as many as there are cores when left out. */
  threads?: number | undefined
  onProgress?: ((progress: { stage: FitStage; step: number; steps: number }) => void) | undefined
  shouldStop?: (() => boolean) | undefined
}

interface FittedBoostedDemand {
  /** Learnt from everything before the limit. */
  model: DemandModel
  /** What `model` is made of. */
  parts: BoostedDemand
  /** Learnt from what precedes the validation blocks, which say where it stops and how far its outer levels lie; it counts slow items only once it is asked for. Holds the training rows while it is kept. */
  early: () => Promise<DemandModel>
}

/** The highest level with a forest: a factor cannot lift a lower level's 0, and shops stock for such levels. A leaf of 250 rows says little of a higher one. */
const TOP = 0.975
/** Levels with a forest each; those between are interpolated, those beyond follow the outermost. */
const LEVELS = [0.1, 0.3, 0.5, 0.7, 0.9, 0.95, TOP]
const EARLY_LEVELS = [0.1, 0.5, 0.9]
/** Most rows that a forest learns from, and on which it is stopped. */
const MOST_ROWS = 160_000
const MOST_VALIDATION_ROWS = 30_000
/** Series × periods × windows that rows are drawn from; of larger panels only some series are learnt from. */
const MOST_PLACES = 6_000_000
/** Fewer rows teach nothing. */
const FEWEST_ROWS = 500
const ROUNDS = { least: 40, usual: 110, most: 300, patience: 20 }
const TREES = { learningRate: 0.08, leaves: 10, leastRowsInLeaf: 250, l2: 1, columnShare: 0.6, rowShare: 0.8 }
const BINS = 64
/** Blocks of rows that must stay after that wait, before the first validation block. */
const LEAST_BLOCKS = 3
/** Origins before which features have nothing to say. */
const FIRST_ORIGIN = 8
/** Periods beyond a year that the first origin waits where the past is long enough: then the year before is always known. */
const AFTER_YEAR = 9

/** Fits the boosted demand model on the periods before `limit`.
 * The forests of three levels are first trained on what precedes the validation blocks and stopped where those no longer improve; all levels are then
 * trained on everything, with as many trees as that, two thirds of the way (in logarithms) to the usual number: few blocks are noisy. The
 * demand of slow items of whole units is counted, by forests of the same rows.
 * @throws ForesightError `too_little_data` where the history gives too few rows, `canceled` when `shouldStop` says so.
 */
export async function fitBoostedDemand(panel: DemandPanel, limit: number, options: FitBoostedDemand): Promise<FittedBoostedDemand> {
  const { spec, task, settingsOf, counting, forests: early, tails, finish } = await fitEarly(panel, limit, options)
  const lengths = early.map((forest) => Math.round((Math.max(ROUNDS.least, forest.leafStarts.length - 1) * ROUNDS.usual ** 2) ** (1 / 3)))
  const forests = await forestsOf(
    LEVELS.map((level) => ({ ...task, options: settingsOf(level, roundsOf(level, lengths)) })),
    "trees",
    options
  )
  const parts = { spec, levels: LEVELS, forests, tails: tails.final, counts: await forestsOf(counting(limit), "counts", options) }
  return { model: boostedModel(parts), parts, early: finish }
}

/** The `early` model of `fitBoostedDemand()` alone, for validation blocks that lie further back.
 * @param limit End of the validation blocks, which say where to stop: nothing at or after it is read.
 * @throws ForesightError as `fitBoostedDemand()`.
 */
export async function fitEarlyBoostedDemand(panel: DemandPanel, limit: number, options: FitBoostedDemand): Promise<DemandModel> {
  return (await fitEarly(panel, limit, options)).finish()
}

/** What precedes the validation blocks, learnt, and what it takes to learn the rest. */
async function fitEarly(panel: DemandPanel, limit: number, options: FitBoostedDemand) {
  const { horizon, sums, seed } = options
  const [firstValidation] = options.validation
  if (firstValidation === undefined) throw new ForesightError("too_little_data", `${limit} periods leave no validation block of ${horizon}; expected more`)
  const windows = targetWindows(horizon, sums)
  const sample = panelSample(panel, Math.ceil(MOST_PLACES / (limit * windows.length)))
  const settings = chooseLevelSettings(sample, firstValidation, horizon)
  const spec = boostedSpec(panel, limit, settings)
  const history = new DemandHistory(sample, settings)
  const features = new FeatureRows(spec, history)
  const afterYear = history.year + AFTER_YEAR
  const first = firstValidation - afterYear >= LEAST_BLOCKS * horizon ? afterYear : Math.min(FIRST_ORIGIN, Math.floor(firstValidation / 2))
  const rows = { history, features, windows, limit, seed }
  const train = demandTable({ ...rows, first, last: limit - 1, mostRows: MOST_ROWS })
  const held = joinTables(options.validation.map((origin) => demandTable({ ...rows, first: origin, last: origin, mostRows: MOST_VALIDATION_ROWS })))
  history.release()
  const earlyRows = rowsEndingBy(train, firstValidation)
  if (earlyRows.length < FEWEST_ROWS || held.target.length === 0) {
    throw new ForesightError("too_little_data", `${panel.series.length} series over ${limit} periods give ${earlyRows.length} rows; expected ${FEWEST_ROWS}`)
  }
  const raw = { names: features.names, categorical: features.categorical, maxBins: BINS }
  const table = binTable({ ...raw, columns: train.columns })
  const validation = { table: binTableLike(table, held.columns), target: held.target, weight: held.weight }
  const task = { table, target: train.target, weight: train.weight }
  const settingsOf = (level: number, rounds: number) => ({ ...TREES, loss: { kind: "quantile" as const, level }, rounds, patience: ROUNDS.patience, seed })
  const counting = countTasks({ train, whole: sellsWholeUnits(sample, limit), features, maxBins: BINS, options: { ...TREES, seed } })

  const forests = await forestsOf(
    EARLY_LEVELS.map((level) => ({ ...task, rows: earlyRows, validation, options: settingsOf(level, ROUNDS.most) })),
    "trees before the validation",
    options
  )
  const tails = tailFactors(forests[0] as BoostedTrees, forests[2] as BoostedTrees, held, TOP)
  const finish = async () => {
    const counts = await forestsOf(counting(firstValidation), "counts before the validation", options)
    return boostedModel({ spec, levels: EARLY_LEVELS, forests, tails: tails.early, counts })
  }
  return { spec, task, settingsOf, counting, forests, tails, finish }
}

function roundsOf(level: number, lengths: readonly number[]): number {
  const [low = 0, middle = 0, high = 0] = lengths
  const share = Math.min(1, Math.abs(level - 0.5) / 0.4)
  return Math.round((1 - share) * middle + share * (level < 0.5 ? low : high))
}

function rowsEndingBy({ ends }: DemandTable, end: number): Uint32Array {
  return Uint32Array.from(ends.keys()).filter((row) => (ends[row] ?? Infinity) <= end)
}

function joinTables(tables: readonly DemandTable[]): DemandTable {
  const [first] = tables
  if (!first || tables.length === 1) return first ?? { columns: [], target: new Float64Array(), weight: new Float64Array(), size: new Float64Array(), ends: new Int32Array(), series: new Int32Array() }
  const rows = tables.reduce((sum, { target }) => sum + target.length, 0)
  const columns = first.columns.map(() => new Float32Array(rows))
  const joined = { columns, target: new Float64Array(rows), weight: new Float64Array(rows), size: new Float64Array(rows), ends: new Int32Array(rows), series: new Int32Array(rows) }
  let start = 0
  for (const table of tables) {
    table.columns.forEach((column, at) => joined.columns[at]?.set(column, start))
    joined.target.set(table.target, start)
    joined.weight.set(table.weight, start)
    joined.size.set(table.size, start)
    joined.ends.set(table.ends, start)
    joined.series.set(table.series, start)
    start += table.target.length
  }
  return joined
}

/** Forests of all tasks; progress counts rounds over all of them, as many as there may be. */
async function forestsOf(tasks: readonly BoostingTask[], stage: FitStage, { threads, onProgress, shouldStop }: FitBoostedDemand): Promise<BoostedTrees[]> {
  if (tasks.length === 0) return []
  const rounds = tasks.map(() => 0)
  const steps = tasks.reduce((sum, { options }) => sum + (options.rounds ?? 0), 0)
  const forests = await trainForests(
    tasks.map((task, at) => ({ name: `${stage} ${at + 1} of ${tasks.length}`, task })),
    {
      threads,
      shouldStop,
      onProgress: (job, { round }) => {
        rounds[job] = round
        onProgress?.({ stage, step: rounds.reduce((sum, value) => sum + value, 0), steps })
      },
    }
  )
  onProgress?.({ stage, step: steps, steps })
  return forests
}
