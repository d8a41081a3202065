import { ForesightError } from "../errors"
import { binOf } from "./bin-writer"
import { goesLeft } from "./predict-boosting"
import type { BinRule, BoostedTrees } from "./types"

/** A leaf tells 2ᵏ cases of the k groups on its path apart. */
const MOST_GROUPS = 8

/** What groups of columns add to rows' raw scores: Shapley values, where a group that is left out is averaged by the trained weight of a node's branches. They sum to
 * the raw score minus `expectedScore(trees)`. What a leaf gives depends only on which groups on its path send the row elsewhere: it is worked out once for all cases, so that a row
 * costs one walk over the nodes.
 * @see Lundberg, Erion & Lee (2018); Jullum, Redelmeier & Aas (2021), groupShapley.
 */
export class GroupShap {
  /** Nodes of all trees, each after its parent. */
  private readonly order: Int32Array
  /** Set of groups that send the row elsewhere than to a node. */
  private readonly awayAt: Uint8Array
  /** Bit of the group that each node asks, and whether it compares numbers. */
  private readonly groupBits: Uint8Array
  private readonly isNumeric: Uint8Array
  private readonly table: LeafTable
  /** Bins of the last row, and the values they stand for; a missing value has bin 0. */
  private readonly bins: Uint8Array
  private readonly binned: Float64Array
  private readonly used: readonly number[]

  /** @param groupOf Group of each column, from 0. @throws ForesightError `invalid_options` for another number of columns or too many groups. */
  constructor(
    private readonly trees: BoostedTrees,
    groupOf: readonly number[],
    private readonly groups: number
  ) {
    const columns = trees.names.length
    if (groupOf.length !== columns) throw new ForesightError("invalid_options", `groupOf has ${groupOf.length} columns; expected ${columns}`)
    if (groups > MOST_GROUPS) throw new ForesightError("invalid_options", `groups is ${groups}; expected at most ${MOST_GROUPS}`)
    const { features, rules, nodeStarts } = trees
    this.awayAt = new Uint8Array(features.length)
    this.groupBits = Uint8Array.from(features, (column) => 1 << (groupOf[column] as number))
    this.isNumeric = Uint8Array.from(features, (column) => (rules[column]?.kind === "numeric" ? 1 : 0))
    this.bins = new Uint8Array(groupOf.length)
    this.binned = new Float64Array(groupOf.length).fill(NaN)
    this.used = [...new Set(features)]
    const order: number[] = []
    const leaves = new Map<number, { path: readonly number[]; shares: readonly number[] }>()
    const learn = (child: number, path: readonly number[], shares: readonly number[]): void => {
      if (child < 0) return void leaves.set(~child, { path, shares })
      order.push(child)
      const group = groupOf[features[child] as number] as number
      const [left, right] = [trees.lefts[child] as number, trees.rights[child] as number]
      const cover = coverOf(trees, left) + coverOf(trees, right)
      for (const next of [left, right]) {
        const share = cover > 0 ? coverOf(trees, next) / cover : 0.5
        const at = path.indexOf(group)
        if (at < 0) learn(next, [...path, group], [...shares, share])
        else learn(next, path, shares.map((value, other) => (other === at ? value * share : value)))
      }
    }
    for (let tree = 0; tree < nodeStarts.length - 1; tree++) {
      const root = nodeStarts[tree] as number
      if ((nodeStarts[tree + 1] as number) > root) learn(root, [], [])
    }
    this.order = Int32Array.from(order)
    this.table = leafTable(trees.leafValues, leaves, groups)
  }

  /** @param row One value a column, `NaN` where missing. @returns Raw score by group, shape `[groups]`. */
  of(row: ArrayLike<number>): Float64Array {
    const { trees, bins, awayAt, groupBits, isNumeric, order, groups } = this
    const { features, splits, lefts, rights } = trees
    const { rowOf, rows } = this.table
    // rows of one series come one after another and share most values
    for (const column of this.used) {
      const value = row[column] as number
      if (Object.is(value, this.binned[column])) continue
      bins[column] = binOf(trees.rules[column] as BinRule, value)
      this.binned[column] = value
    }
    const values = new Float64Array(groups)
    for (let at = 0; at < order.length; at++) {
      const node = order[at] as number
      const bin = bins[features[node] as number] as number
      const isLeft = bin > 0 && isNumeric[node] === 1 ? bin <= (splits[node] as number) : goesLeft(trees, node, bin)
      // a root's set is never written: it stays empty
      const away = awayAt[node] as number
      const deviates = away | (groupBits[node] as number)
      for (let side = 0; side < 2; side++) {
        const child = (side === 0 ? lefts[node] : rights[node]) as number
        const set = isLeft === (side === 0) ? away : deviates
        if (child >= 0) {
          awayAt[child] = set
          continue
        }
        const from = rowOf[(~child << groups) + set] as number
        for (let group = 0; group < groups; group++) values[group] = (values[group] as number) + (rows[from + group] as number)
      }
    }
    return values
  }
}

/** What is known of all leaves before any row is seen. */
interface LeafTable {
  /** What each group gets, `groups` numbers a row. */
  rows: Float64Array
  /** Where the row of a leaf and a set of deviating groups begins, `[leaves × 2^groups]`. */
  rowOf: Int32Array
}

/** @param leaves Groups on the path of each leaf, and their shares of trained weight. */
function leafTable(leafValues: Float64Array, leaves: ReadonlyMap<number, { path: readonly number[]; shares: readonly number[] }>, groups: number): LeafTable {
  const rowOf = new Int32Array(leafValues.length << groups)
  let count = 0
  for (const { path } of leaves.values()) count += 1 << path.length
  const rows = new Float64Array(count * groups)
  let next = 0
  for (const [leaf, { path, shares }] of leaves) {
    const first = next
    for (let away = 0; away < 1 << path.length; away++, next += groups) {
      leafShares(leafValues[leaf] as number, shares, away).forEach((units, at) => (rows[next + (path[at] as number)] = units))
    }
    for (let set = 0; set < 1 << groups; set++) {
      const away = path.reduce((bits, group, at) => bits | (((set >> group) & 1) << at), 0)
      rowOf[(leaf << groups) + set] = first + away * groups
    }
  }
  return { rows, rowOf }
}

/** What each group on a leaf's path gets of its value: the mean, over orders of the groups, of what the leaf's weight gains when the group becomes known.
 * A set of known groups gives the leaf the weight 0 where one of them deviates, else the product of the shares of the unknown ones.
 * @param away Bit `at` is set where group `at` of the path deviates. */
function leafShares(value: number, shares: readonly number[], away: number): number[] {
  const count = shares.length
  const weightOf = (known: number) => ((known & away) !== 0 ? 0 : shares.reduce((product, share, at) => ((known >> at) & 1 ? product : product * share), 1))
  return shares.map((_, at) => {
    let sum = 0
    for (let known = 0; known < 1 << count; known++) {
      if ((known >> at) & 1) continue
      let size = 0
      for (let bits = known; bits > 0; bits &= bits - 1) size++
      sum += orderShare(size, count) * (weightOf(known | (1 << at)) - weightOf(known))
    }
    return value * sum
  })
}

/** Share of all orders of `count` groups in which a given one comes just after a given set of `size`: `size! (count − size − 1)! / count!`. */
function orderShare(size: number, count: number): number {
  let orders = 1
  for (let factor = 1; factor <= size; factor++) orders *= factor / (count - size - 1 + factor)
  return orders / count
}

function coverOf(trees: BoostedTrees, child: number): number {
  return (child >= 0 ? trees.nodeCovers[child] : trees.leafCovers[~child]) as number
}
