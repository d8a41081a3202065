import { dayFromNumber } from "../day"
import { ForesightError } from "../errors"
import { createPeriodCalendar, type PeriodCalendar } from "./period-calendar"
import type { SalesRows } from "./sales-rows"
import type { DemandPanel, DemandSeries, Frequency, KnownAhead, StaticColumn } from "./types"

/** Longest history that is looked at: more teaches nothing and costs memory. */
const MOST_PERIODS: Record<Frequency, number> = { day: 1_461, week: 520, month: 240 }
/** Most periods between a file's first and last date: beyond it a year is a slip of the pen. */
const WIDEST = 20_000
/** Periods, this one included, whose sales say what the missing time would have sold; as in a store's panel. */
const RATE_PERIODS = 26

/** What a file says of a series besides its rows. */
export interface SalesSeries {
  seriesId: string
  category: string | null
  statics: readonly (string | null)[]
}

export interface SalesPanelInput {
  rows: SalesRows
  /** In the order in which rows number them. */
  series: readonly SalesSeries[]
  frequency: Frequency
  /** True where the first extra number of a row is its price. */
  hasPrice: boolean
  known: readonly string[]
  statics: readonly string[]
}

/** A panel, and what had to be decided on the way. */
export interface SalesPanel {
  /** Series sorted by id. */
  panel: DemandPanel
  /** Indexes, in the input, of the panel's series. */
  order: number[]
  /** Indexes of series without one period whose demand is known, sorted by id. */
  empty: number[]
  /** Periods in which more came back than was sold: counted as 0. */
  negativePeriods: number
  /** Rows without a quantity that are not later than the last period of the history. */
  openRows: number
  /** Whether the file's weeks begin on the one weekday that all its dates fall on. */
  oneWeekday: boolean
  /** First day of the file's history where it was too long to be used whole. */
  cutBefore: string | null
}

/** Sums rows into periods. A series begins with its first row that has a quantity; periods without a row from there to the file's last one are zero; a period all of
 * whose rows are out of stock or without a quantity is unknown; one with some of them is `sold + (1 − e) · rate`, `e` the share of the other rows and
 * `rate = Σ sold / Σ e` over the last 26 periods; what of it stands for rows out of stock is `madeUp`. Returns (negative quantities) are taken off in their period, never below 0.
 * Price: mean paid, weighted by units, else the mean listed; carried forward; 0 says nothing. Columns known ahead: mean of the period's rows; where an item has none, what all
 * others say if they agree; later dates without a quantity lengthen them beyond the history.
 * Months begin on the 1st; weeks on the weekday of the file's dates if that is one, else so that they end on its last day.
 * @throws ForesightError `invalid_file` when dates lie further apart than any history.
 */
export function buildSalesPanel({ rows, series, frequency, hasPrice, known, statics }: SalesPanelInput): SalesPanel {
  const span = spanOf(rows)
  const calendar = createPeriodCalendar(frequency, span.oneWeekday ? span.last : span.last + 1)
  const base = firstPeriod(calendar, span)
  const periods = calendar.periodOf(span.last) - base + 1
  const length = Math.max(periods, calendar.periodOf(span.lastOfAll) - base + 1)
  const cells = new Cells(length, known.length)
  const priceColumn = hasPrice ? 0 : -1
  const { rows: ordered, starts } = rows.bySeries(series.length)
  const sorted = Array.from(series.keys()).sort((a, b) => (idOf(series, a) < idOf(series, b) ? -1 : 1))

  const order: number[] = []
  const empty: number[] = []
  const built: DemandSeries[] = []
  const aheads: KnownAhead[] = known.map((name) => ({ name, values: [] }))
  const noPrice = new Float64Array(periods).fill(NaN)
  let [negativePeriods, openRows] = [0, 0]
  for (const index of sorted) {
    cells.clear()
    let first = Infinity
    for (let at = starts[index] ?? 0; at < (starts[index + 1] ?? 0); at++) {
      const row = ordered[at] ?? 0
      const period = calendar.periodOf(rows.dayOf(row)) - base
      const units = rows.unitsOf(row)
      if (!Number.isNaN(units)) first = Math.min(first, Math.max(0, period))
      else if (period < periods) openRows++
      if (period >= 0) cells.add(period, units, rows.isOut(row), rows, row, priceColumn)
    }
    if (!(first < periods)) {
      empty.push(index)
      continue
    }
    const { units, madeUp, negative } = cells.units(first, periods)
    if (units.every(Number.isNaN)) {
      empty.push(index)
      continue
    }
    negativePeriods += negative
    order.push(index)
    const price = hasPrice ? cells.price(first, periods) : noPrice
    built.push({ seriesId: idOf(series, index), category: series[index]?.category ?? null, firstPeriod: first, units, price, ...(madeUp && { madeUp }) })
    aheads.forEach(({ values }, column) => values.push(cells.known(column)))
  }
  for (const ahead of aheads) fillWhereAllAgree(ahead.values, length)
  const panel: DemandPanel = { frequency, periods: Array.from({ length: periods }, (_, period) => calendar.startOf(base + period)), series: built }
  if (known.length > 0) panel.known = aheads
  if (statics.length > 0) panel.statics = statics.map((name, column): StaticColumn => ({ name, values: order.map((index) => series[index]?.statics[column] ?? null) }))
  const isCut = calendar.periodOf(span.first) < base
  return { panel, order, empty, negativePeriods, openRows, oneWeekday: span.oneWeekday, cutBefore: isCut ? calendar.startOf(base) : null }
}

const idOf = (series: readonly SalesSeries[], index: number) => series[index]?.seriesId ?? ""

interface Span {
  first: number
  /** Last day with a quantity. */
  last: number
  lastOfAll: number
  oneWeekday: boolean
}

function spanOf(rows: SalesRows): Span {
  let [first, last, lastOfAll, weekdays] = [Infinity, -Infinity, -Infinity, 0]
  for (let row = 0; row < rows.length; row++) {
    const day = rows.dayOf(row)
    if (day > lastOfAll) lastOfAll = day
    if (Number.isNaN(rows.unitsOf(row))) continue
    if (day < first) first = day
    if (day > last) last = day
    weekdays |= 1 << (((day % 7) + 7) % 7)
  }
  if (first === Infinity) throw new ForesightError("invalid_file", "no row has a quantity; expected at least one")
  return { first, last, lastOfAll, oneWeekday: (weekdays & (weekdays - 1)) === 0 }
}

function firstPeriod(calendar: PeriodCalendar, { first, last, lastOfAll }: Span): number {
  const [from, to, end] = [calendar.periodOf(first), calendar.periodOf(last), calendar.periodOf(lastOfAll)]
  if (end - from > WIDEST) {
    throw new ForesightError("invalid_file", `dates go from ${dayFromNumber(first)} to ${dayFromNumber(lastOfAll)}, ${end - from + 1} periods (${calendar.frequency}); expected at most ${WIDEST}`)
  }
  return Math.max(from, to - MOST_PERIODS[calendar.frequency] + 1)
}

/** Sums of one series' periods; used again for the next one. */
class Cells {
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

  add(period: number, units: number, isOut: boolean, rows: SalesRows, row: number, priceColumn: number): void {
    this.rows[period]!++
    if (isOut || Number.isNaN(units)) this.unknown[period]!++
    if (isOut) this.out[period]!++
    if (!Number.isNaN(units)) this.sold[period]! += units
    const price = rows.extraOf(row, priceColumn)
    if (priceColumn >= 0 && price > 0) {
      this.listed[period]! += price
      this.listedRows[period]!++
      if (units > 0) {
        this.paid[period]! += price * units
        this.paidUnits[period]! += units
      }
    }
    this.knownSums.forEach((sums, column) => {
      const value = rows.extraOf(row, priceColumn + 1 + column)
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

/** A holiday is one for items that sold nothing on it, too. */
function fillWhereAllAgree(values: readonly Float64Array[], length: number): void {
  for (let period = 0; period < length; period++) {
    let [least, most] = [Infinity, -Infinity]
    for (const series of values) {
      const value = series[period] ?? NaN
      if (value < least) least = value
      if (value > most) most = value
    }
    if (least !== most) continue
    for (const series of values) if (Number.isNaN(series[period])) series[period] = least
  }
}

