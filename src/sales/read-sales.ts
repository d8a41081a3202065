import { setImmediate as nextTurn } from "node:timers/promises"
import type { PanelSource } from "../domain/demand/panel-source"
import { salesFrame, SalesSpan, type SalesFrame } from "../domain/demand/sales-frame"
import { readHistory, type SalesHistory, type SalesSeries } from "../domain/demand/sales-history"
import type { DemandSeries, Frequency } from "../domain/demand/types"
import { ForesightError } from "../domain/errors"
import { salesRecords, type SalesRecord } from "./sales-records"
import { InputProblems } from "./input-problems"
import { OddSeries } from "./odd-series"
import { RowStore } from "./row-store"
import { DateCells, parseFlag, parseKnown, parseNumber } from "./sales-cells"
import { salesColumns, type SalesColumns } from "./sales-columns"
import { salesNotes, type SalesCounts } from "./sales-notes"

export interface ReadSalesOptions {
  /** The file's name, for messages. */
  name: string
  frequency: Frequency
  /** Columns whose values are known in advance. */
  known: readonly string[]
  /** Columns that never change for an item. */
  statics: readonly string[]
}

/** An item of a file, at one location where the file names locations. */
export interface SalesItem {
  itemId: string
  locationId: string | null
}

/** A series that cannot be forecast, and why. */
export interface RefusedItem extends SalesItem {
  reason: string
}

/** A sales file as series. */
export interface SalesTable {
  /** Sorted by id. Reads from what `close()` gives back. */
  source: PanelSource
  /** Per series of the source. */
  items: SalesItem[]
  refused: RefusedItem[]
  hasLocations: boolean
  /** True where all quantities are whole numbers: quantiles of counts are whole, too. */
  isWhole: boolean
  rows: number
  /** What was decided on the way, in sentences. */
  notes: string[]
  /** Gives the disk back that a long file took. */
  close: () => void
}

/** Series that are built before others have a turn. */
const SERIES_A_TURN = 500

/** Reads a sales file of any size, plain or gzip; memory holds what the file says once of each item, some of its rows, and one batch of lines.
 * @throws ForesightError `invalid_file` with a line for each of the first 20 problems: file, line, column, the value found and what was expected; `invalid_options` for `known` and `statics` that are no columns. */
export async function readSales(bytes: AsyncIterable<Buffer>, options: ReadSalesOptions): Promise<SalesTable> {
  const problems = new InputProblems(options.name)
  let reader: SalesReader | null = null
  try {
    for await (const batch of salesRecords(bytes, options.name)) {
      for (const record of batch) {
        if (reader) reader.take(record)
        else if ("broken" in record) problems.add(record.line, null, record.text, `a header; ${record.broken}`)
        else reader = new SalesReader(salesColumns(options.name, record.fields, options.known, options.statics), options, problems)
      }
    }
    problems.throwIfAny()
    if (!reader) throw new ForesightError("invalid_file", `${options.name} is empty; expected a header item_id,date,quantity and a line for each sale`)
    if (reader.counts.rows === 0) throw new ForesightError("invalid_file", `${options.name} has a header and no line after it; expected at least one`)
    return await tableOf(reader, options)
  } catch (error) {
    reader?.rows.close()
    throw error
  }
}

async function tableOf(reader: SalesReader, { name, frequency, known, statics }: ReadSalesOptions): Promise<SalesTable> {
  const { rows, series, items, counts, columns } = reader
  const frame = frameOf(reader, frequency, name)
  const sorted = Array.from(series.keys()).sort((a, b) => (idOf(series, a) < idOf(series, b) ? -1 : 1))
  const rankOf = new Uint32Array(sorted.length)
  sorted.forEach((index, rank) => (rankOf[index] = rank))
  const ranking = rows.rank(rankOf)
  while (!ranking.next().done) await nextTurn()

  const odd = new OddSeries(frame.periods)
  const input = { frame, open: () => rows.open(), series: sorted.map((index) => series[index] as SalesSeries), hasPrice: columns.price >= 0, known, statics }
  const history = await inTurns(readHistory(input), (one) => odd.take(one))
  const itemOf = (rank: number) => items[sorted[rank] ?? 0] as SalesItem
  return {
    source: history.source,
    items: history.order.map(itemOf),
    refused: history.empty.map((rank) => ({ ...itemOf(rank), reason: "no row has a quantity while it was in stock: nothing is known of its demand" })),
    hasLocations: columns.locationId >= 0,
    isWhole: counts.isWhole,
    rows: counts.rows,
    notes: [...salesNotes(counts, frame, history), ...odd.notes()],
    close: () => rows.close(),
  }
}

function frameOf({ span }: SalesReader, frequency: Frequency, name: string): SalesFrame {
  try {
    return salesFrame(span, frequency)
  } catch (error) {
    throw error instanceof ForesightError ? new ForesightError(error.code, `${name}: ${error.message}`, { cause: error }) : error
  }
}

async function inTurns(steps: ReturnType<typeof readHistory>, each: (series: DemandSeries) => void): Promise<SalesHistory> {
  for (let turn = 1; ; turn++) {
    const step = steps.next()
    if (step.done) return step.value
    if (step.value) each(step.value)
    if (turn % SERIES_A_TURN === 0) await nextTurn()
  }
}

const idOf = (series: readonly SalesSeries[], index: number) => series[index]?.seriesId ?? ""

/** Turns records into rows. */
class SalesReader {
  readonly rows: RowStore
  readonly span = new SalesSpan()
  readonly series: { seriesId: string; category: string | null; title?: string; statics: (string | null)[] }[] = []
  readonly items: SalesItem[] = []
  readonly counts: SalesCounts = { rows: 0, returns: 0, freePrices: 0, isWhole: true, onlyFirstsOfMonth: true }
  private readonly index = new Map<string, number>()
  private readonly dates: DateCells
  private readonly extras: Float64Array

  constructor(
    readonly columns: SalesColumns,
    private readonly options: ReadSalesOptions,
    private readonly problems: InputProblems
  ) {
    this.dates = new DateCells(options.frequency)
    this.extras = new Float64Array((columns.price >= 0 ? 1 : 0) + columns.known.length)
    this.rows = new RowStore(this.extras.length)
  }

  take(record: SalesRecord): void {
    const { problems, columns, counts } = this
    counts.rows++
    if ("broken" in record) return problems.add(record.line, null, record.text, `a line of CSV; ${record.broken}`)
    const { line, fields } = record
    if (fields.length !== columns.width) return problems.add(line, null, fields.join(","), `${columns.width} fields as in the header, not ${fields.length}`)
    const before = problems.count
    const itemId = cell(fields, columns.itemId)
    if (itemId === "") problems.add(line, "item_id", "", "the item's id")
    const dateText = cell(fields, columns.date)
    const day = this.dates.parse(dateText)
    if (day === null) problems.add(line, "date", dateText, this.dates.expected)
    const units = this.units(line, cell(fields, columns.quantity))
    const isOut = columns.inStock >= 0 && this.isOut(line, cell(fields, columns.inStock))
    this.readExtras(line, fields)
    if (problems.count > before || day === null) return
    const series = this.seriesOf(itemId, columns.locationId >= 0 ? cell(fields, columns.locationId) : null)
    this.describe(series, fields)
    this.rows.add(series, day, units, isOut, this.extras)
    this.span.take(day, units)
    counts.onlyFirstsOfMonth &&= dateText.startsWith("-01", 7)
  }

  /** Units of a row; `NaN` where the cell is empty. */
  private units(line: number, text: string): number {
    if (text === "") return NaN
    const units = parseNumber(text)
    if (units === null) {
      this.problems.add(line, "quantity", text, "a number such as 12 or 12.5, or nothing where it is not known")
      return NaN
    }
    if (units < 0) this.counts.returns++
    if (!Number.isInteger(units)) this.counts.isWhole = false
    return units
  }

  private isOut(line: number, text: string): boolean {
    if (text === "") return false
    const inStock = parseFlag(text)
    if (inStock === null) this.problems.add(line, "in_stock", text, "1 or 0")
    return inStock === false
  }

  private readExtras(line: number, fields: readonly string[]): void {
    const { columns, extras } = this
    let at = 0
    if (columns.price >= 0) {
      const text = cell(fields, columns.price)
      const price = text === "" ? NaN : parseNumber(text)
      if (price === null || price < 0) this.problems.add(line, "price", text, "a number of at least 0, or nothing")
      else if (price === 0) this.counts.freePrices++
      extras[at++] = price || NaN
    }
    columns.known.forEach((column, index) => {
      const text = cell(fields, column)
      const value = text === "" ? NaN : parseKnown(text)
      if (value === null) this.problems.add(line, this.options.known[index] ?? "", text, "a number, true or false, or nothing")
      extras[at++] = value ?? NaN
    })
  }

  private seriesOf(itemId: string, locationId: string | null): number {
    const key = locationId === null ? itemId : `${itemId}\u0000${locationId}`
    const known = this.index.get(key)
    if (known !== undefined) return known
    const item = { itemId: own(itemId), locationId: locationId === null ? null : own(locationId) }
    this.items.push(item)
    this.series.push({ seriesId: locationId === null ? item.itemId : `${item.itemId}@${item.locationId}`, category: null, statics: this.columns.statics.map(() => null) })
    this.index.set(own(key), this.series.length - 1)
    return this.series.length - 1
  }

  /** Keeps the first category, title and value of each column that never changes. */
  private describe(index: number, fields: readonly string[]): void {
    const { columns } = this
    const series = this.series[index] as (typeof this.series)[number]
    if (columns.category >= 0 && series.category === null) series.category = this.shared(cell(fields, columns.category))
    if (columns.title >= 0 && !series.title) series.title = this.shared(cell(fields, columns.title)) ?? ""
    columns.statics.forEach((column, at) => (series.statics[at] ??= this.shared(cell(fields, column))))
  }

  private readonly texts = new Map<string, string>()

  /** One copy of each text; nothing of an empty one. */
  private shared(text: string): string | null {
    if (text === "") return null
    const known = this.texts.get(text)
    if (known !== undefined) return known
    const copy = own(text)
    this.texts.set(copy, copy)
    return copy
  }
}

const cell = (fields: readonly string[], column: number) => (fields[column] ?? "").trim()

/** A copy of a text that does not keep the whole chunk in memory from which it was cut. */
const own = (text: string) => Buffer.from(text).toString()
