import { childrenOf } from "./children-of"

/** The forecasts of all levels that add up and are nearest to the given ones, each by the inverse of its variance: generalised least squares with independent errors, which is MinT with a
 * diagonal covariance (WLS). On a tree it needs two passes and no matrix: upwards each sum of children is weighed against the node's own forecast, downwards what a parent differs from its
 * children is shared out by their variances. Bottom-up where only leaves have a finite variance; top-down by proportions where leaves' variances are their means and the root's is 0. No node
 * falls below 0: where it would, it is 0 and its siblings carry the rest.
 * @param parents Index of each node's parent, −1 for a root; every node comes before its parent.
 * @param base Forecast of each node, ≥ 0; that of a node with infinite variance is not read.
 * @param variances Of the forecast's error, ≥ 0, `Infinity` for a node without a forecast of its own; those of leaves finite.
 * @see Wickramasuriya, Athanasopoulos & Hyndman (2019), J. Am. Stat. Assoc. 114(526), WLS; Athanasopoulos et al. (2017), Eur. J. Oper. Res. 262(1).
 */
export function reconcileByVariance(parents: ArrayLike<number>, base: ArrayLike<number>, variances: ArrayLike<number>): Float64Array {
  const children = childrenOf(parents)
  const known = Float64Array.from(base)
  const variance = Float64Array.from(variances)
  for (const [node, own] of children.entries()) {
    if (!own) continue
    const sum = own.reduce((total, child) => total + (known[child] ?? 0), 0)
    const spread = own.reduce((total, child) => total + (variance[child] ?? 0), 0)
    const error = variance[node] ?? Infinity
    const weight = error === Infinity ? 0 : spread + error > 0 ? spread / (spread + error) : 0
    known[node] = weight === 0 ? sum : sum + weight * ((known[node] ?? 0) - sum)
    variance[node] = (1 - weight) * spread
  }
  for (let node = parents.length - 1; node >= 0; node--) {
    if ((parents[node] ?? -1) < 0) known[node] = Math.max(0, known[node] ?? 0)
    const own = children[node]
    if (own) shareOut(known, variance, own, known[node] ?? 0)
  }
  return known
}

/** Moves the children so that they sum to `total`, each by its part of their variance; those that would fall below 0 stay there. */
function shareOut(known: Float64Array, variance: Float64Array, own: readonly number[], total: number): void {
  let free = own
  while (free.length > 0) {
    const sum = free.reduce((all, child) => all + (known[child] ?? 0), 0)
    const spread = free.reduce((all, child) => all + (variance[child] ?? 0), 0)
    const count = free.length
    const moved = new Map(free.map((child) => [child, (known[child] ?? 0) + (total - sum) * (spread > 0 ? (variance[child] ?? 0) / spread : 1 / count)]))
    const below = new Set(free.filter((child) => (moved.get(child) ?? 0) < 0))
    for (const child of below.size > 0 ? below : free) known[child] = Math.max(0, moved.get(child) ?? 0)
    free = below.size > 0 ? free.filter((child) => !below.has(child)) : []
  }
}
