import { createRandom } from "../../random"
import type { DemandSeries } from "../types"
import type { DemandHistory } from "./demand-history"
import type { FeatureRows } from "./feature-rows"

/** Periods `origin + from … origin + to − 1`, forecast as one mean per period. */
interface TargetWindow {
  from: number
  to: number
}

/** Rows to learn from. Targets are per period and in multiples of the row's divisor; weights are divisor times periods, so that the loss is in units. */
export interface DemandTable {
  columns: Float32Array[]
  target: Float64Array
  weight: Float64Array
  /** Units that a target of 1 stands for: divisor times periods. */
  size: Float64Array
  /** First period after each row's target. */
  ends: Int32Array
  /** The row's series, by its index in the panel. */
  series: Int32Array
}

/** Single periods of the horizon, then the sums that are more than one of them. */
export function targetWindows(horizon: number, sums: readonly number[]): TargetWindow[] {
  const totals = [...new Set(sums)].filter((periods) => periods > 1).sort((a, b) => a - b)
  return [...Array.from({ length: horizon }, (_, ahead) => ({ from: ahead, to: ahead + 1 })), ...totals.map((to) => ({ from: 0, to }))]
}

/** Known periods before the first origin of a series. */
const FEWEST_KNOWN = 4
/** Weight that a row keeps per week of age: what is newer is more like what comes. */
const WEEKLY_DECAY = 0.98
const WEEKS = { day: 1 / 7, week: 1, month: 4.35 }

interface TableInput {
  history: DemandHistory
  features: FeatureRows
  windows: readonly TargetWindow[]
  /** Origins from which rows are made, `first … last`. */
  first: number
  last: number
  /** First period that must not be read. */
  limit: number
  /** Most rows; a random share where there are more. */
  mostRows: number
  seed: number
}

/** A random sample of (series, origin, window), sorted by series and origin. Rows whose target holds an unknown period are left out. */
export function demandTable(input: TableInput): DemandTable {
  const { history, features, limit, mostRows, seed } = input
  const { panel } = history
  let total = 0
  eachRow(input, () => total++)
  const share = Math.min(1, mostRows / Math.max(1, total))
  const random = createRandom(seed)
  const picked: { index: number; origin: number; from: number; to: number }[] = []
  eachRow(input, (index, origin, { from, to }) => {
    if (random() < share) picked.push({ index, origin, from, to })
  })
  const columns = features.names.map(() => new Float32Array(picked.length))
  const target = new Float64Array(picked.length)
  const weight = new Float64Array(picked.length)
  const size = new Float64Array(picked.length)
  const ends = new Int32Array(picked.length)
  const series = Int32Array.from(picked, ({ index }) => index)
  picked.forEach((row, at) => {
    const { index, origin, from, to } = row
    const divisor = features.write(row, at, columns)
    target[at] = unitsIn(panel.series[index] as DemandSeries, origin + from, origin + to) / (to - from) / divisor
    size[at] = divisor * (to - from)
    weight[at] = divisor * (to - from) * WEEKLY_DECAY ** ((limit - origin - to) * WEEKS[panel.frequency])
    ends[at] = origin + to
  })
  return { columns, target, weight, size, ends, series }
}

function eachRow({ history, windows, first, last, limit }: TableInput, use: (index: number, origin: number, window: TargetWindow) => void): void {
  history.panel.series.forEach((series, index) => {
    let known = 0
    for (let period = series.firstPeriod; period < first; period++) if (!Number.isNaN(series.units[period] ?? NaN)) known++
    for (let origin = Math.max(first, series.firstPeriod); origin <= last; origin++) {
      if (known >= FEWEST_KNOWN) {
        for (const window of windows) {
          if (origin + window.to <= limit && !Number.isNaN(unitsIn(series, origin + window.from, origin + window.to))) use(index, origin, window)
        }
      }
      if (!Number.isNaN(series.units[origin] ?? NaN)) known++
    }
  })
}

function unitsIn({ units }: DemandSeries, from: number, to: number): number {
  let sum = 0
  for (let period = from; period < to; period++) sum += units[period] ?? NaN
  return sum
}
