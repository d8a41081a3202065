import type { RowBlock } from "./sales-rows"

/** Periods, this one included, whose sales say what the missing time would have sold; as in a store's panel. */
const RATE_PERIODS = 26

/** Sums of one series' periods; used again for the next one. */
export class PeriodSums {
  private readonly sold: Float64Array
  private readonly rows: Uint32Array
  private readonly unknown: Uint32Array
  /** Those of the unknown rows that were out of stock. */
  private readonly out: Uint32Array
  private readonly paid: Float64Array
  private readonly paidUnits: Float64Array
  private readonly listed: Float64Array
  private readonly listedRows: Uint32Array
  private readonly knownSums: Float64Array[]
  private readonly knownRows: Uint32Array[]

  constructor(
    private readonly length: number,
    known: number
  ) {
    const [numbers, counts] = [() => new Float64Array(length), () => new Uint32Array(length)]
    ;[this.sold, this.paid, this.paidUnits, this.listed] = [numbers(), numbers(), numbers(), numbers()]
    ;[this.rows, this.unknown, this.out, this.listedRows] = [counts(), counts(), counts(), counts()]
    this.knownSums = Array.from({ length: known }, numbers)
    this.knownRows = Array.from({ length: known }, counts)
  }

  clear(): void {
    for (const cells of [this.sold, this.paid, this.paidUnits, this.listed, this.rows, this.unknown, this.out, this.listedRows, ...this.knownSums, ...this.knownRows]) cells.fill(0)
  }

  add(period: number, block: RowBlock, at: number, priceColumn: number): void {
    const units = block.units[at] ?? NaN
    const isOut = block.out[at] === 1
    this.rows[period]!++
    if (isOut || Number.isNaN(units)) this.unknown[period]!++
    if (isOut) this.out[period]!++
    if (!Number.isNaN(units)) this.sold[period]! += units
    const price = block.extras[priceColumn]?.[at] ?? NaN
    if (price > 0) {
      this.listed[period]! += price
      this.listedRows[period]!++
      if (units > 0) {
        this.paid[period]! += price * units
        this.paidUnits[period]! += units
      }
    }
    this.knownSums.forEach((sums, column) => {
      const value = block.extras[priceColumn + 1 + column]?.[at] ?? NaN
      if (Number.isNaN(value)) return
      sums[period]! += value
      ;(this.knownRows[column] as Uint32Array)[period]!++
    })
  }

  /** Demand per period, and what of it was made up for rows out of stock; `null` where there were none. */
  units(first: number, periods: number): { units: Float64Array; madeUp: Float64Array | null; negative: number } {
    const units = new Float64Array(periods).fill(NaN)
    const madeUp = this.out.subarray(first, periods).some((rows) => rows > 0) ? new Float64Array(periods) : null
    let negative = 0
    let [soldLately, seenLately] = [0, 0]
    const exposureOf = (period: number) => ((this.rows[period] ?? 0) > 0 ? 1 - (this.unknown[period] ?? 0) / (this.rows[period] ?? 1) : 1)
    for (let period = first; period < periods; period++) {
      const sold = Math.max(0, this.sold[period] ?? 0)
      if ((this.sold[period] ?? 0) < 0) negative++
      const exposure = exposureOf(period)
      soldLately += sold
      seenLately += exposure
      const gone = period - RATE_PERIODS
      if (gone >= first) {
        soldLately -= Math.max(0, this.sold[gone] ?? 0)
        seenLately -= exposureOf(gone)
      }
      const [out, unknown] = [this.out[period] ?? 0, this.unknown[period] ?? 0]
      const missed = exposure === 1 ? 0 : (1 - exposure) * Math.max(0, soldLately / Math.max(1, seenLately))
      if (exposure > 0) units[period] = sold + missed
      if (madeUp && unknown > 0) madeUp[period] = exposure > 0 ? missed * (out / unknown) : out > 0 ? 0 : NaN
    }
    return { units, madeUp, negative }
  }

  price(first: number, periods: number): Float64Array {
    const price = new Float64Array(periods).fill(NaN)
    let last = NaN
    for (let period = 0; period < periods; period++) {
      const [units, listings] = [this.paidUnits[period] ?? 0, this.listedRows[period] ?? 0]
      if (units > 0) last = (this.paid[period] ?? 0) / units
      else if (listings > 0) last = (this.listed[period] ?? 0) / listings
      if (period >= first) price[period] = last
    }
    return price
  }

  known(column: number): Float64Array {
    const [sums, rows] = [this.knownSums[column], this.knownRows[column]]
    return Float64Array.from({ length: this.length }, (_, period) => (sums?.[period] ?? 0) / (rows?.[period] ?? 0)) // 0 / 0 is NaN: not known
  }
}
