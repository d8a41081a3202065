/** Rows that are read or written at once. */
export const BLOCK_ROWS = 8_192

/** Up to `BLOCK_ROWS` rows, column by column over one buffer: goes to disk and comes back as it is. */
export class RowBlock {
  /** Rows in use. */
  length = 0
  readonly bytes: Uint8Array
  /** `NaN`: not known. */
  readonly units: Float64Array
  /** Price first where there is one, then the columns known ahead. */
  readonly extras: Float64Array[]
  readonly series: Uint32Array
  /** Days since 1970-01-01. */
  readonly day: Int32Array
  /** 1: out of stock. */
  readonly out: Uint8Array

  /** @param extras Numbers that a row has besides. */
  constructor(extras: number) {
    const buffer = new ArrayBuffer(RowBlock.bytesOf(extras))
    const numbers = (column: number) => new Float64Array(buffer, column * 8 * BLOCK_ROWS, BLOCK_ROWS)
    const after = (1 + extras) * 8 * BLOCK_ROWS
    this.bytes = new Uint8Array(buffer)
    this.units = numbers(0)
    this.extras = Array.from({ length: extras }, (_, column) => numbers(1 + column))
    this.series = new Uint32Array(buffer, after, BLOCK_ROWS)
    this.day = new Int32Array(buffer, after + 4 * BLOCK_ROWS, BLOCK_ROWS)
    this.out = new Uint8Array(buffer, after + 8 * BLOCK_ROWS, BLOCK_ROWS)
  }

  static bytesOf(extras: number): number {
    return BLOCK_ROWS * ((1 + extras) * 8 + 4 + 4 + 1)
  }
}

/** Rows series after series. */
export interface RowReader {
  /** Visits all rows of a series, in the order they came; series are asked for in ascending order, and any may be left out. */
  visit(series: number, row: (block: RowBlock, at: number) => void): void
}

/** Sales lines in memory, while they arrive. */
export class SalesRows {
  length = 0
  readonly blocks: RowBlock[] = []

  constructor(readonly extras: number) {}

  /** @param day Days since 1970-01-01. @param units `NaN` where not known. */
  add(series: number, day: number, units: number, isOut: boolean, extras: ArrayLike<number>): void {
    if (this.length % BLOCK_ROWS === 0) this.blocks.push(new RowBlock(this.extras))
    const block = this.blocks.at(-1) as RowBlock
    const at = block.length++
    block.series[at] = series
    block.day[at] = day
    block.units[at] = units
    block.out[at] = isOut ? 1 : 0
    for (let column = 0; column < this.extras; column++) (block.extras[column] as Float64Array)[at] = extras[column] ?? NaN
    this.length++
  }

  /** The rows by the rank of their series, which takes the series' place; rows of one series stay in the order they came. */
  ranked(rankOf: Uint32Array): SalesRows {
    const next = new Uint32Array(rankOf.length + 1)
    for (const { series, length } of this.blocks) for (let at = 0; at < length; at++) next[(rankOf[series[at] ?? 0] ?? 0) + 1]!++
    for (let rank = 0; rank < rankOf.length; rank++) next[rank + 1]! += next[rank] ?? 0
    const sorted = new SalesRows(this.extras)
    sorted.length = this.length
    for (const { length } of this.blocks) sorted.blocks.push(Object.assign(new RowBlock(this.extras), { length }))
    for (const block of this.blocks) {
      for (let at = 0; at < block.length; at++) {
        const rank = rankOf[block.series[at] ?? 0] ?? 0
        const row = next[rank]!++
        const [to, place] = [sorted.blocks[Math.floor(row / BLOCK_ROWS)] as RowBlock, row % BLOCK_ROWS]
        to.series[place] = rank
        to.day[place] = block.day[at] ?? 0
        to.units[place] = block.units[at] ?? NaN
        to.out[place] = block.out[at] ?? 0
        block.extras.forEach((values, column) => ((to.extras[column] as Float64Array)[place] = values[at] ?? NaN))
      }
    }
    return sorted
  }

  /** Reads ranked rows. */
  reader(): RowReader {
    return readerOf([this.blocks.values()])
  }
}

/** Reads several runs of ranked rows as one; in each series rows of the first run come first. */
export function readerOf(runs: readonly Iterator<RowBlock, undefined>[]): RowReader {
  const places = runs.map((blocks) => ({ blocks, block: blocks.next().value, at: 0 }))
  return {
    visit(series, row) {
      for (const place of places) {
        while (place.block) {
          const { block } = place
          while (place.at < block.length && (block.series[place.at] ?? 0) < series) place.at++
          while (place.at < block.length && block.series[place.at] === series) row(block, place.at++)
          if (place.at < block.length) break
          place.block = place.blocks.next().value
          place.at = 0
        }
      }
    },
  }
}
