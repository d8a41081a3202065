import { ForesightError } from "../domain/errors"
import type { ImportContext } from "../domain/imports/field-readers"
import { detectSeparator, StyleEvidence, type DateOrder, type DecimalMark, type Separator } from "../domain/imports/file-style"
import { ACCEPTED_FORMATS, detectImportFormat, styledColumns, type ImportHeader } from "../domain/imports/import-formats"
import type { ImportLine, RefusedLine } from "../domain/imports/import-line"
import { createLineParser } from "../domain/imports/parse-line"
import type { ZoneClock } from "../domain/imports/zone-clock"
import { inflate } from "./inflate"
import { RecordSplitter, type CsvRecord } from "./record-splitter"
import { TextDecoding, type Encoding } from "./text-decoding"

/** What a file is read with; what is left out is found out from it. */
export interface ReadOptions {
  /** The file's name, for messages. */
  name: string
  clock: ZoneClock
  /** Refuses what happened later, ms since 1970; `null`: no limit. */
  notAfter: number | null
  /** What the file calls a column (lower case) → what we call it. */
  columns: ReadonlyMap<string, string>
  encoding: Encoding | null
  decimal: DecimalMark | null
  dates: DateOrder | null
  /** Lower-case ISO 4217 for files that name none. */
  currency: string | null
}

/** What is known about a file once its beginning was read; `encoding` and `cut` become final at its end. */
export interface FileFacts {
  header: ImportHeader
  separator: Separator
  decimal: DecimalMark
  dates: DateOrder
  readonly encoding: Encoding
  /** Where and how the file ended in the middle; `null`: it did not. */
  readonly cut: string | null
}

/** Lines that were read together; memory holds one batch. */
export interface LineBatch {
  lines: ImportLine[]
  refused: RefusedLine[]
}

/** Records whose style is looked at, at least; most where dates can be read two ways. */
const SAMPLE = 2_000
const LARGEST_SAMPLE = 100_000

/** Reads an import file of any size from its bytes, plain or gzip.
 * @returns What was found out about it, and its lines in batches.
 * @throws ForesightError `invalid_file` for a file without a header, one that is not known, or dates that can be read two ways. */
export async function readImport(bytes: AsyncIterable<Buffer>, options: ReadOptions): Promise<{ facts: FileFacts; batches: AsyncGenerator<LineBatch> }> {
  const text = new TextStream(bytes, options.encoding)
  const chunks = text.chunks()
  let head = ""
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    head += next.value
    if (/[\n\r]/.test(head)) break
  }
  const nothing = () => new ForesightError("invalid_file", `${options.name} is empty; expected a header. Accepted formats: ${ACCEPTED_FORMATS}`)
  if (head.trim() === "") throw text.cut === null ? nothing() : new ForesightError("invalid_file", `${options.name} cannot be read: ${text.cut}`)
  const separator = detectSeparator(head.trimStart().split(/[\n\r]/, 1)[0] ?? "")
  const splitter = new RecordSplitter(separator)
  const records = split(head, chunks, splitter, text)

  // the sample's batches wait until the style of the file is known
  const waiting: CsvRecord[][] = []
  let header: ImportHeader | null = null
  let sampled = 0
  const evidence = new StyleEvidence()
  for (let next = await records.next(); !next.done; next = await records.next()) {
    const batch = next.value
    if (!header) {
      const first = batch.shift()
      if (!first) continue
      header = headerOf(first, options)
    }
    waiting.push(batch)
    const { numbers, dates } = styledColumns(header)
    for (const record of batch) {
      if ("broken" in record) continue
      for (const index of numbers) evidence.number(record.fields[index] ?? "")
      for (const index of dates) evidence.date(record.fields[index] ?? "")
    }
    sampled += batch.length
    if ((sampled >= SAMPLE && evidence.isEnough) || sampled >= LARGEST_SAMPLE) break
  }
  if (!header) throw nothing()
  const decimal = options.decimal ?? evidence.decimal
  const dates = options.dates ?? named(options.name, () => evidence.dates)
  const context: ImportContext = { header, clock: options.clock, notAfter: options.notAfter, decimal, dates, currency: options.currency }
  const facts: FileFacts = {
    ...{ header, separator, decimal, dates },
    get encoding() {
      return text.encoding
    },
    get cut() {
      return text.cut
    },
  }
  return { facts, batches: parsed(waiting, records, context, text) }
}

/** The text of a file and what came to light while it was read. */
class TextStream {
  cut: string | null = null
  /** True from the first wrong character on: fields have to be looked at. */
  isSuspicious = false
  private readonly decoding: TextDecoding

  constructor(
    private readonly bytes: AsyncIterable<Buffer>,
    encoding: Encoding | null
  ) {
    this.decoding = new TextDecoding(encoding)
  }

  get encoding(): Encoding {
    return this.decoding.encoding
  }

  async *chunks(): AsyncGenerator<string> {
    const whole = inflate(this.bytes, (why) => (this.cut = `the gzip is broken or was cut short (${why})`))
    for await (const chunk of whole) yield this.seen(this.decoding.write(chunk))
    yield this.seen(this.decoding.end())
  }

  private seen(text: string): string {
    this.isSuspicious ||= text.includes("\ufffd") || text.includes("\0")
    return text
  }
}

async function* split(head: string, chunks: AsyncGenerator<string>, splitter: RecordSplitter, text: TextStream): AsyncGenerator<CsvRecord[]> {
  yield splitter.push(head)
  for await (const chunk of chunks) yield splitter.push(chunk)
  const { records, torn } = splitter.end()
  const last = records.pop()
  if (last && torn && text.cut !== null && "fields" in last) {
    // the end of this line is missing, however whole it looks
    records.push({ line: last.line, broken: "the file ends in the middle of this line", text: last.fields.join(",").slice(0, 200) })
  } else if (last) records.push(last)
  if (last && text.cut !== null) text.cut = `line ${last.line}: ${text.cut}`
  yield records
}

async function* parsed(waiting: CsvRecord[][], records: AsyncGenerator<CsvRecord[]>, context: ImportContext, text: TextStream): AsyncGenerator<LineBatch> {
  const parse = createLineParser(context)
  const read = (batch: readonly CsvRecord[]): LineBatch => {
    const lines: ImportLine[] = []
    const refused: RefusedLine[] = []
    for (const record of batch) {
      if ("broken" in record) {
        refused.push({ line: record.line, column: null, value: record.text.slice(0, 100), message: record.broken })
        continue
      }
      const line = parse(record.fields, record.line, text.isSuspicious)
      if ("ok" in line) lines.push(line.ok)
      else refused.push(line.refused)
    }
    return { lines, refused }
  }
  for (let batch = waiting.shift(); batch; batch = waiting.shift()) yield read(batch)
  for await (const batch of records) yield read(batch)
}

function headerOf(first: CsvRecord, { name, columns }: ReadOptions): ImportHeader {
  if ("broken" in first) throw new ForesightError("invalid_file", `${name}: line 1 is no CSV: ${first.broken}`)
  return named(name, () => detectImportFormat(first.fields, columns))
}

/** Puts the file's name before what is wrong with it. */
function named<Answer>(name: string, work: () => Answer): Answer {
  try {
    return work()
  } catch (error) {
    throw error instanceof ForesightError ? new ForesightError(error.code, `${name}: ${error.message}`, { cause: error }) : error
  }
}
