import { LANES, NODE_BYTES } from "./kernel-code"
import type { BinRule, BoostedTrees } from "./types"

/** Most leaves of a tree whose leaf numbers fit a byte. */
const MOST_LEAVES = 256
/** Bytes of a block's bins at most. */
const CACHE = 65_536
/** Bins of a numeric column are shifted by 128, as the kernel compares signed bytes. */
const SHIFT = 128
/** Missing values below all bins, and above them. */
const BELOW = 0 ^ SHIFT
const ABOVE = 255 ^ SHIFT

/** A column of the table and where its bins stand in a block: twice where some nodes send missing values left and others right. */
export interface ForestColumn {
  feature: number
  flip: number
  places: { slot: number; missing: number }[]
}

/** Trees in the order and form that the kernel reads. */
export interface LaidOutForest {
  columns: ForestColumn[]
  /** Places in a block. */
  slots: number
  /** Per column of the table: its bins with only those borders that some node asks for. */
  rules: BinRule[]
  /** Per tree with nodes: where its records begin in `nodes` and its values in `values`. */
  trees: { firstNode: number; endNode: number; firstValue: number }[]
  /** Records of `NODE_BYTES`; a column is still the number of its place, a set a number from 1. */
  nodes: { slot: number; set: number; split: number; from: number; to: number }[]
  values: number[]
  /** What trees without nodes add to every row. */
  constant: number
}

/** Walks every tree in pre-order and numbers its leaves from left to right; `null` where a tree has more leaves than a byte can tell. */
export function layOutForest(trees: BoostedTrees): LaidOutForest | null {
  const { rules, ranks } = usedRules(trees)
  const laidOut: LaidOutForest = { columns: [], slots: 0, rules, trees: [], nodes: [], values: [], constant: 0 }
  const columnOf = new Map<number, ForestColumn>()
  const slotOf = (feature: number, missing: number): number => {
    const column = columnOf.get(feature) ?? { feature, flip: trees.rules[feature]?.kind === "numeric" ? SHIFT : 0, places: [] }
    if (!columnOf.has(feature)) laidOut.columns.push(column)
    columnOf.set(feature, column)
    const known = column.places.find((place) => place.missing === missing)
    if (known) return known.slot
    column.places.push({ slot: laidOut.slots, missing })
    return laidOut.slots++
  }
  /** @returns the number of the first leaf after this subtree */
  const walk = (child: number, leaf: number): number => {
    if (child < 0) {
      laidOut.values.push(trees.leafValues[~child] as number)
      return leaf + 1
    }
    const feature = trees.features[child] as number
    const isNumeric = trees.rules[feature]?.kind === "numeric"
    const split = trees.splits[child] as number
    const slot = slotOf(feature, !isNumeric ? 0 : trees.missingLeft[child] === 1 ? BELOW : ABOVE)
    const node = { slot, set: isNumeric ? 0 : 1 + split, split: isNumeric ? (ranks[feature]?.get(split) ?? 0) ^ SHIFT : 0, from: leaf, to: 0 }
    laidOut.nodes.push(node)
    node.to = walk(trees.lefts[child] as number, leaf)
    return walk(trees.rights[child] as number, node.to)
  }
  for (let tree = 0; tree < trees.nodeStarts.length - 1; tree++) {
    const [first, end] = [trees.nodeStarts[tree] as number, trees.nodeStarts[tree + 1] as number]
    if (end - first >= MOST_LEAVES) return null
    if (end === first) laidOut.constant += trees.leafValues[trees.leafStarts[tree] as number] as number
    else {
      const [firstNode, firstValue] = [laidOut.nodes.length, laidOut.values.length]
      walk(first, 0)
      laidOut.trees.push({ firstNode, endNode: laidOut.nodes.length, firstValue })
    }
  }
  return laidOut
}

/** The rules that trees need, and per numeric column the number that each of its splits has among them. */
function usedRules({ rules, features, splits }: BoostedTrees): { rules: BinRule[]; ranks: Map<number, number>[] } {
  const used = rules.map(() => new Set<number>())
  for (const [node, feature] of features.entries()) used[feature]?.add(splits[node] as number)
  const sorted = used.map((some) => [...some].sort((a, b) => a - b))
  return {
    ranks: sorted.map((some) => new Map(some.map((split, at) => [split, at + 1]))),
    rules: rules.map((rule, feature) => {
      if (rule.kind === "categorical") return rule
      const uppers = (sorted[feature] as number[]).map((split) => rule.uppers[split - 1] as number)
      return { kind: "numeric", uppers: Float64Array.from(uppers.at(-1) === Infinity ? uppers : [...uppers, Infinity]) }
    }),
  }
}

/** Rows of a block: its bins stay in the processor's nearest cache. */
export function blockOf(slots: number): number {
  return LANES * Math.max(1, Math.min(16, Math.floor(CACHE / LANES / Math.max(1, slots))))
}

/** Writes the nodes as the kernel reads them. @param setsAt Address of the sets of categories. */
export function writeNodes(nodes: LaidOutForest["nodes"], block: number, setsAt: number, out: Uint8Array): void {
  const view = new DataView(out.buffer, out.byteOffset, out.byteLength)
  for (const [at, { slot, set, split, from, to }] of nodes.entries()) {
    view.setInt32(NODE_BYTES * at, slot * block, true)
    view.setInt32(NODE_BYTES * at + 4, set === 0 ? 0 : setsAt + 32 * (set - 1), true)
    out.set([split, from, to], NODE_BYTES * at + 8)
  }
}
