import type { GrownTree } from "./grown-tree"
import type { BinRule, BoostedTrees, BoostingLink } from "./types"

/** Collects grown trees and flattens them into `BoostedTrees`. */
export class ForestBuilder {
  private readonly trees: GrownTree[] = []

  add(tree: GrownTree): void {
    this.trees.push(tree)
  }

  /** The first `count` trees. */
  build(count: number, about: { link: BoostingLink; base: number; names: string[]; rules: BinRule[] }): BoostedTrees {
    const trees = this.trees.slice(0, count)
    const nodeStarts = startsOf(trees.map(({ nodes }) => nodes.length))
    const leafStarts = startsOf(trees.map(({ leaves }) => leaves.length))
    const nodes = trees.flatMap((tree) => tree.nodes)
    const leaves = trees.flatMap((tree) => tree.leaves)
    const treeOf = Int32Array.from(trees.flatMap((tree, at) => tree.nodes.map(() => at)))
    const sets = nodes.filter(({ categories }) => categories !== null)
    const setOf = new Map(sets.map((node, at) => [node, at]))
    const place = (child: number, node: number): number => {
      const tree = treeOf[node] as number
      return child >= 0 ? child + (nodeStarts[tree] as number) : ~(~child + (leafStarts[tree] as number))
    }
    return {
      ...about,
      nodeStarts,
      leafStarts,
      features: Int32Array.from(nodes, ({ feature }) => feature),
      splits: Int32Array.from(nodes, (node) => setOf.get(node) ?? node.bin),
      missingLeft: Uint8Array.from(nodes, ({ missingLeft }) => (missingLeft ? 1 : 0)),
      lefts: Int32Array.from(nodes, ({ left }, at) => place(left, at)),
      rights: Int32Array.from(nodes, ({ right }, at) => place(right, at)),
      categorySets: setsOf(sets.map(({ categories }) => categories ?? [])),
      leafValues: Float64Array.from(leaves, ({ value }) => value),
      nodeCovers: Float64Array.from(nodes, ({ cover }) => cover),
      leafCovers: Float64Array.from(leaves, ({ hessian }) => hessian),
      gains: Float64Array.from(nodes, ({ gain }) => gain),
    }
  }
}

function startsOf(sizes: readonly number[]): Int32Array {
  const starts = new Int32Array(sizes.length + 1)
  for (const [at, size] of sizes.entries()) starts[at + 1] = (starts[at] as number) + size
  return starts
}

function setsOf(sets: readonly (readonly number[])[]): Int32Array {
  const words = new Int32Array(8 * sets.length)
  for (const [at, bins] of sets.entries()) {
    for (const bin of bins) words[8 * at + (bin >> 5)] = (words[8 * at + (bin >> 5)] as number) | (1 << (bin & 31))
  }
  return words
}
