import { ForesightError } from "../errors"
import { binOf, BinWriter, writerSizes } from "./bin-writer"
import { LANES, NODE_BYTES } from "./kernel-code"
import { inKernelMemory, type KernelMemory } from "./kernels"
import { blockOf, layOutForest, writeNodes, type LaidOutForest } from "./laid-out-forest"
import type { BinRule, BoostedTrees, BoostingLink } from "./types"

/** Raw scores of the first `rows` rows of some columns; `applyLink` makes them predictions.
 * A category that training did not see counts as missing, and so does `NaN`.
 * @param columns In the order of `trees.names`.
 * @throws ForesightError `invalid_options` when a column is missing or too short.
 */
export function predictBoosting(trees: BoostedTrees, columns: readonly Float32Array[], rows: number): Float64Array {
  if (columns.length !== trees.names.length) {
    throw new ForesightError("invalid_options", `${columns.length} columns; expected ${trees.names.length}: ${trees.names.join(", ")}`)
  }
  const short = columns.findIndex((column) => column.length < rows)
  if (short >= 0) throw new ForesightError("invalid_options", `column ${trees.names[short]} has ${columns[short]?.length} rows; expected ${rows}`)
  const forest = layOutForest(trees)
  if (forest === null) return followPaths(trees, columns, rows)
  const block = blockOf(forest.slots)
  const { rules } = forest
  const sizes = [block * forest.slots, 8 * block, NODE_BYTES * forest.nodes.length, 8 * forest.values.length, 4 * trees.categorySets.length, LANES]
  return inKernelMemory([...sizes, ...writerSizes(rules, block)], (memory) => predictBlocks(trees, forest, columns, rows, block, memory))
}

/** What raw scores mean: units, a mean, a probability. */
export function applyLink(link: BoostingLink, scores: Float64Array): Float64Array {
  if (link === "log") return scores.map((score) => Math.exp(score))
  if (link === "logit") return scores.map((score) => 1 / (1 + Math.exp(-score)))
  return scores
}

function predictBlocks(
  trees: BoostedTrees,
  forest: LaidOutForest,
  columns: readonly Float32Array[],
  rows: number,
  block: number,
  memory: KernelMemory
): Float64Array {
  const { kernels } = memory
  const bins = memory.bytes(block * forest.slots)
  const blockScores = memory.doubles(block)
  const nodes = memory.bytes(NODE_BYTES * forest.nodes.length)
  const values = memory.doubles(forest.values.length)
  const sets = memory.integers(trees.categorySets.length)
  const places = memory.bytes(LANES)
  const writer = new BinWriter(memory, forest.rules, block)
  values.set(forest.values)
  sets.set(trees.categorySets)
  writeNodes(forest.nodes, block, sets.byteOffset, nodes)
  const columnPlaces = forest.columns.map(
    ({ feature, flip, places }) => [feature, flip, places.map(({ slot, missing }) => ({ start: slot * block, missing }))] as const
  )
  const scores = new Float64Array(rows)
  for (let from = 0; from < rows; from += block) {
    const to = Math.min(from + block, rows)
    for (const [feature, flip, places] of columnPlaces) writer.write(feature, columns[feature] as Float32Array, from, to, bins, places, flip)
    blockScores.fill(trees.base + forest.constant)
    const end = bins.byteOffset + Math.ceil((to - from) / LANES) * LANES
    for (const { firstNode, endNode, firstValue } of forest.trees) {
      const [first, last] = [nodes.byteOffset + NODE_BYTES * firstNode, nodes.byteOffset + NODE_BYTES * endNode]
      kernels.addTree(first, last, values.byteOffset + 8 * firstValue, bins.byteOffset, end, blockScores.byteOffset, places.byteOffset)
    }
    scores.set(blockScores.subarray(0, to - from), from)
  }
  return scores
}

/** Row by row from root to leaf: for trees of more leaves than the kernel numbers, and to test it by. */
export function followPaths(trees: BoostedTrees, columns: readonly Float32Array[], rows: number): Float64Array {
  const used = [...new Set(trees.features)]
  const bins = new Uint8Array(columns.length)
  return new Float64Array(rows).map((_, row) => {
    for (const feature of used) bins[feature] = binOf(trees.rules[feature] as BinRule, (columns[feature] as Float32Array)[row] as number)
    let score = trees.base
    for (let tree = 0; tree < trees.nodeStarts.length - 1; tree++) score += trees.leafValues[leafOf(trees, tree, bins)] as number
    return score
  })
}

/** The leaf that a row reaches. @param bins Per column. */
function leafOf(trees: BoostedTrees, tree: number, bins: Uint8Array): number {
  const first = trees.nodeStarts[tree] as number
  let child = (trees.nodeStarts[tree + 1] as number) > first ? first : ~(trees.leafStarts[tree] as number)
  while (child >= 0) child = (goesLeft(trees, child, bins[trees.features[child] as number] as number) ? trees.lefts[child] : trees.rights[child]) as number
  return ~child
}

/** Whether a bin of a node's column goes left. */
export function goesLeft(trees: BoostedTrees, node: number, bin: number): boolean {
  if (bin === 0) return trees.missingLeft[node] === 1
  const split = trees.splits[node] as number
  if (trees.rules[trees.features[node] as number]?.kind === "numeric") return bin <= split
  return (((trees.categorySets[8 * split + (bin >> 5)] as number) >>> (bin & 31)) & 1) === 1
}
