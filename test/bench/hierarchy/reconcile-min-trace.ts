import { solveSymmetric } from "../../../src/domain/solve-symmetric"
import { childrenOf } from "./children-of"

/** The forecasts of all levels that add up, with the least expected squared error by the covariance of earlier errors, shrunk to its diagonal (MinT shrink). However many leaves there are, one
 * symmetric system is solved with an unknown for each node above them: `b̃ = b̂ − W_b·U (U'WU)⁻¹ U'ŷ`, where `U'` takes from each sum its leaves, so that `U'ŷ` is by how much the forecasts fail
 * to add up. Leaves below 0 are set to 0 before the sums are formed.
 * @param parents Index of each node's parent, −1 for a root; every node comes before its parent.
 * @param errors Earlier errors of each node, all over the same cases in the same order; `NaN` where unknown.
 * @param shrink Weight of the diagonal, 0 … 1; by Schäfer and Strimmer's estimate when left out.
 * @see Wickramasuriya, Athanasopoulos & Hyndman (2019), J. Am. Stat. Assoc. 114(526); Schäfer & Strimmer (2005), Stat. Appl. Genet. Mol. Biol. 4(1).
 */
export function reconcileMinTrace(parents: ArrayLike<number>, base: ArrayLike<number>, errors: readonly Float64Array[], shrink = shrinkage(errors)): Float64Array {
  const children = childrenOf(parents)
  const nodes = [...children.keys()]
  const leaves = nodes.filter((node) => !children[node])
  const sums = nodes.filter((node) => children[node])
  const column = new Map(sums.map((node, at) => [node, at]))
  const above = nodes.map((node) => {
    const found: number[] = []
    for (let at = parents[node] ?? -1; at >= 0; at = parents[at] ?? -1) found.push(column.get(at) ?? 0)
    return found
  })
  const size = sums.length
  const cases = errors[0]?.length ?? 0
  const variance = errors.map(meanSquare)
  const incoherence = (of: (node: number) => number) => {
    const out = Float64Array.from(sums, of)
    for (const leaf of leaves) for (const at of above[leaf] ?? []) out[at]! -= of(leaf)
    return out
  }
  const past = Array.from({ length: cases }, (_, at) => incoherence((node) => known(errors[node]?.[at])))
  const matrix = new Float64Array(size * size)
  sums.forEach((node, at) => (matrix[at * size + at]! += shrink * (variance[node] ?? 0)))
  for (const leaf of leaves) {
    for (const row of above[leaf] ?? []) for (const other of above[leaf] ?? []) matrix[row * size + other]! += shrink * (variance[leaf] ?? 0)
  }
  for (const one of past) {
    for (let row = 0; row < size; row++) for (let other = 0; other <= row; other++) matrix[row * size + other]! += ((1 - shrink) * (one[row] ?? 0) * (one[other] ?? 0)) / cases
  }
  const weights = incoherence((node) => base[node] ?? 0)
  solveSymmetric(matrix, weights)
  const along = past.map((one) => one.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0))
  const out = new Float64Array(parents.length)
  for (const leaf of leaves) {
    const diagonal = shrink * (variance[leaf] ?? 0) * (above[leaf] ?? []).reduce((sum, at) => sum + (weights[at] ?? 0), 0)
    const sampled = along.reduce((sum, value, at) => sum + value * known(errors[leaf]?.[at]), 0) * ((1 - shrink) / Math.max(1, cases))
    out[leaf] = Math.max(0, (base[leaf] ?? 0) + diagonal - sampled)
  }
  for (const node of nodes) {
    const parent = parents[node] ?? -1
    if (parent >= 0) out[parent]! += out[node] ?? 0
  }
  return out
}

/** Schäfer and Strimmer's weight of the diagonal: `Σ Var(r_ij) / Σ r_ij²` over pairs of different nodes, of errors scaled to variance 1, within 0 … 1. */
export function shrinkage(errors: readonly Float64Array[]): number {
  const scaled = errors.flatMap((own) => {
    const deviation = Math.sqrt(meanSquare(own))
    return deviation > 0 ? [own.map((error) => known(error) / deviation)] : []
  })
  const cases = scaled[0]?.length ?? 0
  if (cases < 2) return 1
  let [uncertain, squared] = [0, 0]
  for (let one = 1; one < scaled.length; one++) {
    for (let other = 0; other < one; other++) {
      let [sum, squares] = [0, 0]
      for (let at = 0; at < cases; at++) {
        const product = (scaled[one]?.[at] ?? 0) * (scaled[other]?.[at] ?? 0)
        sum += product
        squares += product * product
      }
      const mean = sum / cases
      uncertain += (squares / cases - mean * mean) / (cases - 1)
      squared += mean * mean
    }
  }
  return squared > 0 ? Math.max(0, Math.min(1, uncertain / squared)) : 1
}

const known = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? 0 : value)

function meanSquare(errors: Float64Array): number {
  const seen = errors.filter((error) => !Number.isNaN(error))
  return seen.length > 0 ? seen.reduce((sum, error) => sum + error * error, 0) / seen.length : 0
}
