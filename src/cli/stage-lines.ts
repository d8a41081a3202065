import type { StagedLine } from "../database/stores/import-store"
import { ForesightError } from "../domain/errors"
import type { ExclusionReason } from "../domain/events"
import type { Day } from "../domain/day"
import { exclusionReason } from "../domain/imports/exclusion-rules"
import { detectImportFormat, ACCEPTED_FORMATS, type ImportHeader } from "../domain/imports/import-formats"
import { lineKey } from "../domain/imports/line-key"
import { parseLine, type ImportLine, type RefusedLine } from "../domain/imports/parse-line"
import { shiftWeeks } from "../domain/imports/shift-weeks"
import type { ZoneClock } from "../domain/imports/zone-clock"
import type { CsvRecord } from "./sales-file"

export interface StageInput {
  /** The file's name, for messages. */
  name: string
  /** Other names of columns: what the file calls them → what we call them. */
  columns: ReadonlyMap<string, string>
  /** Names the shop the file comes from: part of every line's key, so that a longer export doubles nothing. */
  source: string
  clock: ZoneClock
  /** Whole weeks by which every date moves. */
  weeks: number
  /** Refuses what happened later, ms since 1970; `null`: no limit. */
  notAfter: number | null
}

/** What one record became. */
export type StagedRecord = { staged: StagedLine } | { refused: RefusedLine }

/** Turns records into lines for the staging table: parsed, judged, with their keys, moved in time.
 * @returns The header's meaning, and each record after it.
 * @throws ForesightError `invalid_file` for a file without a header or one that is not known. */
export async function stageRecords(records: AsyncIterable<CsvRecord>, input: StageInput): Promise<{ header: ImportHeader; lines: AsyncGenerator<StagedRecord> }> {
  const iterator = records[Symbol.asyncIterator]()
  const first = await iterator.next()
  if (first.done) throw new ForesightError("invalid_file", `${input.name} is empty; expected a header. Accepted formats: ${ACCEPTED_FORMATS}`)
  if ("broken" in first.value) throw new ForesightError("invalid_file", `${input.name}: line 1 is no CSV: ${first.value.broken}`)
  const renamed = first.value.fields.map((name) => input.columns.get(name.trim()) ?? name)
  let header: ImportHeader
  try {
    header = detectImportFormat(renamed)
  } catch (error) {
    throw error instanceof ForesightError ? new ForesightError(error.code, `${input.name}: ${error.message}`, { cause: error }) : error
  }
  return { header, lines: stage({ [Symbol.asyncIterator]: () => iterator }, header, input) }
}

async function* stage(records: AsyncIterable<CsvRecord>, header: ImportHeader, { source, clock, weeks, notAfter }: StageInput): AsyncGenerator<StagedRecord> {
  const keyOf = createKeys(source)
  for await (const record of records) {
    if ("broken" in record) {
      yield { refused: { line: record.line, column: null, value: record.text, message: record.broken } }
      continue
    }
    const parsed = parseLine(record.fields, record.line, { header, clock, notAfter })
    if ("refused" in parsed) {
      yield parsed
      continue
    }
    const line = parsed.ok
    const occurredAt = weeks === 0 ? line.occurredAt : shiftWeeks(line.occurredAt, weeks, clock)
    const exclusion = exclusionReason(line, { format: header.format, knowsSku: null })
    yield { staged: toStaged(line, { eventKey: keyOf(line), occurredAt, day: weeks === 0 ? line.day : clock.dayOf(occurredAt.getTime()), exclusion }) }
  }
}

function toStaged(line: ImportLine, rest: { eventKey: string; occurredAt: Date; day: Day; exclusion: ExclusionReason | null }): StagedLine {
  const { kind, orderId, customerRef, sku, quantity, unitPrice, currency, location, salesChannel, status, description, visitorId, sessionId, searchTerm, productHandle } = line
  return {
    line: line.line,
    kind,
    orderId,
    customerRef,
    sku,
    quantity,
    unitPrice,
    currencyCode: currency,
    location,
    salesChannel,
    status,
    description,
    visitorId,
    sessionId,
    searchTerm,
    productHandle,
    exclusionDetail: null,
    ...rest,
  }
}

/** Keys of lines in the file's order. Order lines: hash of source, order, SKU and its n-th occurrence. Browse events: the file's own id; an event about several products is one line a product. */
function createKeys(source: string): (line: ImportLine) => string {
  const occurrences = new Map<string, number>()
  const products = new Map<string, string[]>()
  return ({ orderId, sku, eventId, productHandle }) => {
    if (eventId !== null) {
      const product = sku ?? productHandle ?? ""
      const seen = products.get(eventId)
      if (!seen) products.set(eventId, [product])
      else if (!seen.includes(product)) seen.push(product)
      const at = seen ? seen.indexOf(product) : 0
      return at === 0 ? eventId : `${eventId}#${at + 1}`
    }
    const identity = `${orderId ?? ""}\u0000${sku ?? ""}`
    const occurrence = (occurrences.get(identity) ?? 0) + 1
    occurrences.set(identity, occurrence)
    return lineKey({ source, orderId: orderId ?? "", sku: sku ?? "", occurrence })
  }
}
