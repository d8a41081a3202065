import type { PanelSource } from "./panel-source"
import { PeriodSums } from "./period-sums"
import type { SalesFrame } from "./sales-frame"
import type { RowReader } from "./sales-rows"
import type { DemandPanel, DemandSeries } from "./types"

/** What a file says of a series besides its rows. */
export interface SalesSeries {
  seriesId: string
  category: string | null
  title?: string
  statics: readonly (string | null)[]
}

export interface SalesHistoryInput {
  frame: SalesFrame
  /** Begins to read the rows anew; they come by the place of their series in `series`. */
  open: () => RowReader
  series: readonly SalesSeries[]
  /** True where the first extra number of a row is its price. */
  hasPrice: boolean
  /** Columns known ahead: the other extra numbers. */
  known: readonly string[]
  statics: readonly string[]
}

/** The sales of a file as series over one calendar. */
export interface SalesHistory {
  source: PanelSource
  /** Places, in `series`, of those that the source has. */
  order: number[]
  /** Places of series without one period whose demand is known. */
  empty: number[]
  /** Periods in which more came back than was sold: counted as 0. */
  negativePeriods: number
  /** Rows without a quantity that are not later than the last period of the history. */
  openRows: number
}

/** Sums rows into periods, anew each time that series are asked for, so that memory holds no more than those. A series begins with its first row that has a quantity;
 * periods without a row from there to the file's last one are zero; a period all of whose rows are out of stock or without a quantity is unknown; one with some of them is `sold + (1 − e) · rate`, `e` the share of the other rows and
 * `rate = Σ sold / Σ e` over the last 26 periods; what of it stands for rows out of stock is `madeUp`. Returns (negative quantities) are taken off in their period, never below 0.
 * Price: mean paid, weighted by units, else the mean listed; carried forward; 0 says nothing. Columns known ahead: mean of the period's rows; where an item has none, what all
 * others say if they agree.
 * @returns A first reading of all rows, which finds what they agree on: yields each series, `null` for an empty one, and returns the whole.
 */
export function* readHistory(input: SalesHistoryInput): Generator<DemandSeries | null, SalesHistory, void> {
  const order: number[] = []
  const empty: number[] = []
  const agreed = input.known.map(() => new Agreement(input.frame.length))
  let [negativePeriods, openRows] = [0, 0]
  const reader = new SeriesReader(input)
  for (let place = 0; place < input.series.length; place++) {
    const { built, openRows: open } = reader.read(place)
    openRows += open
    negativePeriods += built?.negative ?? 0
    if (built) agreed.forEach((agreement, column) => agreement.take(built.known[column]))
    ;(built ? order : empty).push(place)
    yield built?.series ?? null
  }
  return { source: historySource(input, order, agreed), order, empty, negativePeriods, openRows }
}

function historySource(input: SalesHistoryInput, order: readonly number[], agreed: readonly Agreement[]): PanelSource {
  const { frame, series, known, statics } = input
  const { frequency } = frame.calendar
  const panelOf = (reader: SeriesReader, places: readonly number[]): DemandPanel => {
    const built = places.flatMap((place) => reader.read(place).built ?? [])
    return {
      ...{ frequency, periods: frame.periods, series: built.map((one) => one.series) },
      ...(known.length > 0 && { known: known.map((name, column) => ({ name, values: built.map((one) => agreed[column]?.fill(one.known[column]) ?? new Float64Array(0)) })) }),
      ...(statics.length > 0 && { statics: statics.map((name, column) => ({ name, values: places.map((place) => series[place]?.statics[column] ?? null) })) }),
    }
  }
  return {
    ...{ frequency, periods: frame.periods, count: order.length },
    *parts(size) {
      const reader = new SeriesReader(input)
      for (let from = 0; from < order.length; from += size) yield panelOf(reader, order.slice(from, from + size))
    },
    pick: (indexes) => {
      const places = indexes.flatMap((index) => order[index] ?? [])
      return panelOf(new SeriesReader(input), places)
    },
  }
}

interface BuiltSeries {
  series: DemandSeries
  negative: number
  /** Per column known ahead. */
  known: Float64Array[]
}

/** Builds series from rows, in ascending order of their places. */
class SeriesReader {
  private readonly rows: RowReader
  private readonly sums: PeriodSums
  private readonly noPrice: Float64Array

  constructor(private readonly input: SalesHistoryInput) {
    this.rows = input.open()
    this.sums = new PeriodSums(input.frame.length, input.known.length)
    this.noPrice = new Float64Array(input.frame.periods.length).fill(NaN)
  }

  read(place: number): { built: BuiltSeries | null; openRows: number } {
    const { frame, hasPrice, known } = this.input
    const { sums } = this
    const periods = frame.periods.length
    let [first, openRows] = [Infinity, 0]
    sums.clear()
    this.rows.visit(place, (block, at) => {
      const period = frame.calendar.periodOf(block.day[at] ?? 0) - frame.base
      if (!Number.isNaN(block.units[at])) first = Math.min(first, Math.max(0, period))
      else if (period < periods) openRows++
      if (period >= 0) sums.add(period, block, at, hasPrice ? 0 : -1)
    })
    if (!(first < periods)) return { built: null, openRows }
    const { units, madeUp, negative } = sums.units(first, periods)
    if (units.every(Number.isNaN)) return { built: null, openRows }
    const { seriesId = "", category = null, title } = this.input.series[place] ?? {}
    const price = hasPrice ? sums.price(first, periods) : this.noPrice
    const series: DemandSeries = { seriesId, category, ...(title && { title }), firstPeriod: first, units, price, ...(madeUp && { madeUp }) }
    return { built: { series, negative, known: known.map((_, column) => sums.known(column)) }, openRows }
  }
}

/** What all series say of a column that is known ahead: a holiday is one for items that sold nothing on it, too. */
class Agreement {
  private readonly least: Float64Array
  private readonly most: Float64Array

  constructor(length: number) {
    this.least = new Float64Array(length).fill(Infinity)
    this.most = new Float64Array(length).fill(-Infinity)
  }

  take(values: Float64Array = new Float64Array(0)): void {
    values.forEach((value, period) => {
      if (value < (this.least[period] ?? 0)) this.least[period] = value
      if (value > (this.most[period] ?? 0)) this.most[period] = value
    })
  }

  /** Fills in, in place, what is not known and what those agree on who know. */
  fill(values: Float64Array = new Float64Array(0)): Float64Array {
    values.forEach((value, period) => {
      const agreed = this.least[period] ?? NaN
      if (Number.isNaN(value) && agreed === this.most[period]) values[period] = agreed
    })
    return values
  }
}
