import type { Objective } from "./objective"

/** Relevance at most: gains double with each step. */
export const MOST_RELEVANCE = 30
const GAINS = Float64Array.from({ length: MOST_RELEVANCE + 1 }, (_, label) => 2 ** label - 1)
/** Distances of Shell's sort (Ciura 2001). */
const GAPS = [701, 301, 132, 57, 23, 10, 4, 1]

/** LambdaRank: each pair of a group pulls apart as much as swapping the two would change the group's NDCG.
 * Gain of a label `2^label − 1`, discount `1 / log2(2 + rank)`; pairs' and groups' sums are scaled as LightGBM does, so that settings mean the same.
 * @see Burges (2010), From RankNet to LambdaRank to LambdaMART, MSR-TR-2010-82.
 */
export class LambdaRank implements Objective {
  readonly link = "identity"
  readonly renewLevel = null
  private readonly discounts: Float64Array
  /** Best DCG of each group, 0 where nothing is relevant; found at the first look. */
  private best: Float64Array | null = null
  /** Places within the group, best score first; kept from round to round, as the order changes little. */
  private order: Int32Array | null = null
  // one group at a time, by rank
  private readonly scores: Float64Array
  private readonly gains: Float64Array
  private readonly pulls: Float64Array
  private readonly bends: Float64Array

  constructor(
    private readonly labels: Float64Array,
    private readonly weight: Float64Array | null,
    private readonly groups: Uint32Array,
    private readonly truncation: number
  ) {
    const largest = groups.reduce((most, size) => Math.max(most, size), 0)
    this.discounts = Float64Array.from({ length: largest }, (_, rank) => 1 / Math.log2(2 + rank))
    this.scores = new Float64Array(largest)
    this.gains = new Float64Array(largest)
    this.pulls = new Float64Array(largest)
    this.bends = new Float64Array(largest)
  }

  base(): number {
    return 0
  }

  slopes(scores: Float64Array, picked: Uint32Array, slopes: Float32Array): void {
    this.eachGroup(scores, picked, (rows, order, best) => {
      const scale = best > 0 ? this.pull(order.length, best) : 0
      for (let rank = 0; rank < order.length; rank++) {
        const row = rows[order[rank] as number] as number
        const factor = (this.weight === null ? 1 : (this.weight[row] as number)) * scale
        slopes[2 * row] = factor * (this.pulls[rank] as number)
        slopes[2 * row + 1] = factor * (this.bends[rank] as number)
      }
    })
  }

  /** 1 − mean NDCG at the truncation; a group without any relevant row counts as perfectly ranked. */
  loss(scores: Float64Array, picked: Uint32Array): number {
    let sum = 0
    this.eachGroup(scores, picked, (_, order, best) => {
      let dcg = 0
      for (let rank = 0; rank < Math.min(order.length, this.truncation); rank++) dcg += (this.gains[rank] as number) * (this.discounts[rank] as number)
      sum += best > 0 ? dcg / best : 1
    })
    return this.groups.length === 0 ? 0 : 1 - sum / this.groups.length
  }

  /** Sorts each group by score and puts its scores and gains, by rank, where the others look. */
  private eachGroup(scores: Float64Array, picked: Uint32Array, work: (rows: Uint32Array, order: Int32Array, best: number) => void): void {
    this.best ??= this.bestOf(picked)
    this.order ??= this.firstOrder()
    let start = 0
    for (const [group, size] of this.groups.entries()) {
      const rows = picked.subarray(start, start + size)
      const order = this.order.subarray(start, start + size)
      sortByScore(order, rows, scores)
      for (let rank = 0; rank < size; rank++) {
        const row = rows[order[rank] as number] as number
        this.scores[rank] = scores[row] as number
        this.gains[rank] = GAINS[this.labels[row] as number] as number
      }
      work(rows, order, this.best[group] as number)
      start += size
    }
  }

  /** Fills `pulls` and `bends` for a group. @returns what they are scaled by */
  private pull(size: number, best: number): number {
    const { scores, gains, pulls, bends, discounts } = this
    pulls.fill(0, 0, size)
    bends.fill(0, 0, size)
    const allEqual = scores[0] === scores[size - 1]
    let total = 0
    for (let i = 0; i < Math.min(size - 1, this.truncation); i++) {
      const score = scores[i] as number
      const gain = gains[i] as number
      const discount = discounts[i] as number
      let pulled = 0
      let bent = 0
      for (let j = i + 1; j < size; j++) {
        const more = gain - (gains[j] as number)
        if (more === 0) continue
        const apart = score - (scores[j] as number)
        let change = (Math.abs(more) * (discount - (discounts[j] as number))) / best
        if (!allEqual) change /= 0.01 + apart
        // how far the more relevant one is ahead
        const doubt = 1 / (1 + Math.exp(more > 0 ? apart : -apart))
        const pull = more > 0 ? -doubt * change : doubt * change
        const bend = doubt * (1 - doubt) * change
        pulled += pull
        bent += bend
        pulls[j] = (pulls[j] as number) - pull
        bends[j] = (bends[j] as number) + bend
        total += 2 * doubt * change
      }
      pulls[i] = (pulls[i] as number) + pulled
      bends[i] = (bends[i] as number) + bent
    }
    return total > 0 ? Math.log2(1 + total) / total : 0
  }

  private firstOrder(): Int32Array {
    const order = new Int32Array(this.groups.reduce((sum, size) => sum + size, 0))
    let start = 0
    for (const size of this.groups) {
      for (let at = 0; at < size; at++) order[start + at] = at
      start += size
    }
    return order
  }

  private bestOf(picked: Uint32Array): Float64Array {
    let start = 0
    return Float64Array.from(this.groups, (size) => {
      const labels = Float64Array.from(picked.subarray(start, start + size), (row) => this.labels[row] as number)
      start += size
      const ranked = labels.sort().reverse().subarray(0, this.truncation)
      return ranked.reduce((sum, label, rank) => sum + (GAINS[label] as number) * (this.discounts[rank] as number), 0)
    })
  }
}

/** Shell's sort, quick where little has changed; equal scores stand in the order of their rows. */
function sortByScore(order: Int32Array, rows: Uint32Array, scores: Float64Array): void {
  for (const gap of GAPS) {
    for (let at = gap; at < order.length; at++) {
      const moved = order[at] as number
      const score = scores[rows[moved] as number] as number
      let to = at
      for (; to >= gap; to -= gap) {
        const other = order[to - gap] as number
        const otherScore = scores[rows[other] as number] as number
        if (otherScore > score || (otherScore === score && other < moved)) break
        order[to] = other
      }
      order[to] = moved
    }
  }
}
