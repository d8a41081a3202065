import { QUANTILE_LEVELS } from "./types"

/** Levels are met within this share of the whole weight: sums in another order may differ by rounding. */
const ROUNDING = 1e-9
const DRAWERS = 512

/** For each of `QUANTILE_LEVELS` the least value with at least that share of the weight at or below it; 0 for no values.
 * Values are put into drawers by size and only the drawers in which a level falls are sorted: linear time for thousands of values.
 * @param weights ≥ 0, as many as values.
 */
export function weightedQuantiles(values: Float64Array, weights: Float64Array): Float64Array {
  const out = new Float64Array(QUANTILE_LEVELS.length)
  const drawers = Uint16Array.from(values, drawerOf)
  const inDrawer = new Float64Array(DRAWERS)
  const counts = new Uint32Array(DRAWERS + 1)
  let total = 0
  drawers.forEach((drawer, index) => {
    inDrawer[drawer]! += weights[index] ?? 0
    counts[drawer + 1]!++
    total += weights[index] ?? 0
  })
  for (let drawer = 0; drawer < DRAWERS; drawer++) counts[drawer + 1]! += counts[drawer] ?? 0
  const sorted = new Uint32Array(values.length)
  const next = counts.slice()
  drawers.forEach((drawer, index) => (sorted[next[drawer]!++] = index))
  let passed = 0
  for (let drawer = 0, level = 0; drawer < DRAWERS && level < out.length; drawer++) {
    const wanted = () => (QUANTILE_LEVELS[level] ?? 1) * total * (1 - ROUNDING)
    if (counts[drawer + 1] === counts[drawer]) continue
    if (passed + (inDrawer[drawer] ?? 0) < wanted()) {
      passed += inDrawer[drawer] ?? 0
      continue
    }
    const order = sorted.subarray(counts[drawer], counts[drawer + 1]).sort((a, b) => (values[a] as number) - (values[b] as number))
    for (const index of order) {
      passed += weights[index] ?? 0
      while (level < out.length && passed >= wanted()) out[level++] = values[index] ?? 0
    }
  }
  return out
}

/** Drawer of a value: grows with it, finest around 1; one drawer for all that is not above 0. */
function drawerOf(value: number): number {
  return value > 0 ? Math.min(DRAWERS - 1, Math.floor((DRAWERS * value) / (1 + value))) : 0
}
