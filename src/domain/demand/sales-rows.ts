const BLOCK_BITS = 16
const BLOCK = 1 << BLOCK_BITS

interface Block {
  series: Uint32Array
  day: Int32Array
  /** `NaN`: not known. */
  units: Float64Array
  /** 1: out of stock. */
  out: Uint8Array
  /** Price first where there is one, then the columns known ahead. */
  extras: Float64Array[]
}

/** Sales lines while they arrive: typed arrays only, so that twenty million of them fit. */
export class SalesRows {
  length = 0
  private readonly blocks: Block[] = []

  /** @param extras Numbers that a row has besides: price, columns known ahead. */
  constructor(readonly extras: number) {}

  /** @param day Days since 1970-01-01. @param units `NaN` where not known. */
  add(series: number, day: number, units: number, isOut: boolean, extras: ArrayLike<number>): void {
    const at = this.length & (BLOCK - 1)
    if (at === 0) this.blocks.push(emptyBlock(this.extras))
    const block = this.blockOf(this.length)
    block.series[at] = series
    block.day[at] = day
    block.units[at] = units
    block.out[at] = isOut ? 1 : 0
    for (let column = 0; column < this.extras; column++) (block.extras[column] as Float64Array)[at] = extras[column] ?? NaN
    this.length++
  }

  seriesOf(row: number): number {
    return this.blockOf(row).series[row & (BLOCK - 1)] ?? 0
  }

  dayOf(row: number): number {
    return this.blockOf(row).day[row & (BLOCK - 1)] ?? 0
  }

  unitsOf(row: number): number {
    return this.blockOf(row).units[row & (BLOCK - 1)] ?? NaN
  }

  isOut(row: number): boolean {
    return this.blockOf(row).out[row & (BLOCK - 1)] === 1
  }

  extraOf(row: number, column: number): number {
    return this.blockOf(row).extras[column]?.[row & (BLOCK - 1)] ?? NaN
  }

  /** Rows of each series, in the order they came: row numbers, and where each of `count` series begins among them. */
  bySeries(count: number): { rows: Uint32Array; starts: Uint32Array } {
    const starts = new Uint32Array(count + 1)
    for (let row = 0; row < this.length; row++) starts[this.seriesOf(row) + 1]!++
    for (let series = 0; series < count; series++) starts[series + 1]! += starts[series] ?? 0
    const next = starts.slice()
    const rows = new Uint32Array(this.length)
    for (let row = 0; row < this.length; row++) rows[next[this.seriesOf(row)]!++] = row
    return { rows, starts }
  }

  private blockOf(row: number): Block {
    return this.blocks[row >>> BLOCK_BITS] as Block
  }
}

function emptyBlock(extras: number): Block {
  return {
    series: new Uint32Array(BLOCK),
    day: new Int32Array(BLOCK),
    units: new Float64Array(BLOCK),
    out: new Uint8Array(BLOCK),
    extras: Array.from({ length: extras }, () => new Float64Array(BLOCK)),
  }
}
