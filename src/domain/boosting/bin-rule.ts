import { createRandom } from "../random"
import type { BinRule } from "./types"

/** Values looked at to find a column's bins; more would move the borders by less than a bin's width. */
const SAMPLE = 200_000

/** Bins of one column, `maxBins` with that of missing values. Numeric: every distinct value its own bin where there are few, else bins of about
 * equally many rows, with frequent values alone. Categorical: the most frequent categories.
 * @see Ke et al. (2017), LightGBM; the greedy rule is that of its `GreedyFindBin`.
 */
export function findBinRule(column: Float32Array, categorical: boolean, maxBins: number): BinRule {
  const { values, counts, total } = countDistinct(sampled(column))
  const most = maxBins - 1
  if (categorical) {
    const order = [...values.keys()].sort((a, b) => (counts[b] as number) - (counts[a] as number) || (values[a] as number) - (values[b] as number))
    return { kind: "categorical", codes: Float64Array.from(order.slice(0, most), (at) => values[at] as number) }
  }
  const last = values.length <= most ? everyValue(values.length) : evenBins(counts, total, most)
  return {
    kind: "numeric",
    uppers: Float64Array.from(last, (at, bin) => (bin === last.length - 1 ? Infinity : between(values[at] as number, values[at + 1] as number))),
  }
}

/** One value of every `rows / SAMPLE`, chosen within each stretch by a fixed seed, so that no rhythm of the rows is hit. Missing ones are left out. */
function sampled(column: Float32Array): Float32Array {
  const random = createRandom(1)
  const count = Math.min(column.length, SAMPLE)
  const step = column.length / count
  const sample = new Float32Array(count)
  let kept = 0
  for (let at = 0; at < count; at++) {
    const value = column[step === 1 ? at : Math.floor((at + random()) * step)] as number
    if (value === value) sample[kept++] = value
  }
  return sample.subarray(0, kept).sort()
}

function countDistinct(sorted: Float32Array): { values: Float64Array; counts: Int32Array; total: number } {
  const values = new Float64Array(sorted.length)
  const counts = new Int32Array(sorted.length)
  let distinct = 0
  for (const value of sorted) {
    // 0 and −0 are one value
    if (distinct > 0 && value === values[distinct - 1]) (counts[distinct - 1] as number) += 1
    else {
      values[distinct] = value
      counts[distinct++] = 1
    }
  }
  return { values: values.subarray(0, distinct), counts: counts.subarray(0, distinct), total: sorted.length }
}

function everyValue(distinct: number): number[] {
  // a column without any value still has a bin for one that comes later
  return distinct === 0 ? [0] : Array.from({ length: distinct }, (_, at) => at)
}

/** The last distinct value of each bin. */
function evenBins(counts: Int32Array, total: number, bins: number): number[] {
  const heavy = counts.map((count) => (count >= total / bins ? 1 : 0))
  let binsLeft = bins - heavy.reduce((sum, is) => sum + is, 0)
  let rowsLeft = counts.reduce((sum, count, at) => (heavy[at] === 1 ? sum : sum + count), 0)
  let wanted = rowsLeft / binsLeft
  const last: number[] = []
  let held = 0
  for (let at = 0; at < counts.length - 1 && last.length < bins - 1; at++) {
    const count = counts[at] as number
    held += count
    if (heavy[at] === 0) rowsLeft -= count
    if (heavy[at] === 0 && held < wanted && !(heavy[at + 1] === 1 && held >= Math.max(1, wanted / 2))) continue
    last.push(at)
    held = 0
    if (heavy[at] === 0) {
      binsLeft -= 1
      wanted = rowsLeft / Math.max(1, binsLeft)
    }
  }
  return [...last, counts.length - 1]
}

/** A 32-bit border that both neighbours keep on their side; the lower one itself where nothing lies between. */
function between(lower: number, upper: number): number {
  const middle = Math.fround(lower + (upper - lower) / 2)
  return middle >= lower && middle < upper ? middle : lower
}
