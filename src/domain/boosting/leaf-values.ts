import type { GrownLeaf, GrownTree } from "./grown-tree"
import { weightedQuantile } from "./weighted-quantile"

/** Newton's step of each leaf, `−G / (H + λ)`, times the learning rate. */
export function stepLeaves({ leaves }: GrownTree, l2: number, learningRate: number): void {
  for (const leaf of leaves) leaf.value = leaf.hessian > 0 ? (-learningRate * leaf.gradient) / (leaf.hessian + l2) : 0
}

/** Each leaf's value becomes the weighted quantile of its rows' residuals, times the learning rate: the pinball loss has no curvature to step by.
 * @param order Rows of the tree as the grower left them.
 */
export function renewLeaves(
  { leaves }: GrownTree,
  order: Uint32Array,
  {
    target,
    weight,
    scores,
    level,
    learningRate,
  }: { target: Float64Array; weight: Float64Array | null; scores: Float64Array; level: number; learningRate: number }
): void {
  const most = leaves.reduce((size, { start, end }) => Math.max(size, end - start), 0)
  const residuals = new Float64Array(most)
  const weights = weight && new Float64Array(most)
  for (const leaf of leaves) {
    for (let at = leaf.start; at < leaf.end; at++) {
      const row = order[at] as number
      residuals[at - leaf.start] = (target[row] as number) - (scores[row] as number)
      if (weights && weight) weights[at - leaf.start] = weight[row] as number
    }
    leaf.value = learningRate * weightedQuantile(residuals, weights, leaf.end - leaf.start, level)
  }
}

/** Draws leaf values together so that no constrained column's split runs the wrong way anywhere below it:
 * all leaves on one side stay on their side of the middle between both sides' means. */
export function holdMonotone({ nodes, leaves }: GrownTree, directions: readonly number[]): void {
  const leafOf = (child: number) => leaves[~child] as GrownLeaf
  const mean = (child: number): [sum: number, cover: number] => {
    const node = nodes[child]
    if (!node) return [leafOf(child).value * leafOf(child).hessian, leafOf(child).hessian]
    const [left, right] = [mean(node.left), mean(node.right)]
    return [left[0] + right[0], left[1] + right[1]]
  }
  const meanOf = (child: number): number => {
    const [sum, cover] = mean(child)
    return cover > 0 ? sum / cover : 0
  }
  const hold = (child: number, least: number, most: number): void => {
    const node = nodes[child]
    if (!node) {
      leafOf(child).value = Math.min(Math.max(leafOf(child).value, least), most)
      return
    }
    const direction = directions[node.feature] ?? 0
    const middle = Math.min(Math.max((meanOf(node.left) + meanOf(node.right)) / 2, least), most)
    hold(node.left, direction < 0 ? middle : least, direction > 0 ? middle : most)
    hold(node.right, direction > 0 ? middle : least, direction < 0 ? middle : most)
  }
  if (nodes.length > 0) hold(0, -Infinity, Infinity)
}
