import { once } from "node:events"
import { finished } from "node:stream/promises"
import { from, type CopyStreamQuery } from "pg-copy-streams"
import type { DataSource } from "typeorm"
import type { Day } from "../domain/day"
import type { EventName, ExclusionReason } from "../domain/events"
import { explained, rows } from "./query"

/** One parsed line of a file, before its references are looked up in the shop. */
export interface StagedLine {
  /** Line in the file, from 1; unique within an import. */
  line: number
  /** Becomes the event id. */
  eventKey: string
  kind: EventName
  orderId: string | null
  occurredAt: Date
  day: Day
  /** Customer id or email as the file has it. */
  customerRef: string | null
  sku: string | null
  quantity: number | null
  unitPrice: number | null
  currencyCode: string | null
  location: string | null
  salesChannel: string | null
  visitorId: string | null
  sessionId: string | null
  searchTerm: string | null
  productHandle: string | null
  /** Why the line will not count; `null` when it does. */
  exclusion: ExclusionReason | null
  exclusionDetail: string | null
}

export interface StagingWriter {
  /** Appends lines; resolves when Postgres is ready for more. @throws ForesightError `unavailable` when Postgres is away or full. */
  write(lines: readonly StagedLine[]): Promise<void>
  /** Commits what was written. */
  close(): Promise<void>
  /** Throws away what was written since the writer was opened. */
  abort(): Promise<void>
}

const COLUMNS =
  "import_id, line, event_key, kind, order_id, occurred_at, day, customer_ref, sku, quantity, unit_price, currency_code, location, sales_channel, visitor_id, session_id, search_term, product_handle, exclusion, exclusion_detail"

/** A COPY into the staging table, in one transaction on a connection of its own. Lines of this import after `fromLine` that an earlier try left are removed first. */
export async function openStagingWriter(dataSource: DataSource, importId: string, fromLine: number): Promise<StagingWriter> {
  const runner = dataSource.createQueryRunner()
  const giveBack = async (end: "COMMIT" | "ROLLBACK") => {
    try {
      await rows(runner.manager, end)
    } finally {
      await runner.release()
    }
  }
  const undo = () => giveBack("ROLLBACK").catch(() => undefined) // a connection that broke has rolled back by itself; its error is told already
  let copy: CopyStreamQuery
  try {
    const client = (await runner.connect()) as { query(stream: CopyStreamQuery): CopyStreamQuery }
    await rows(runner.manager, "BEGIN")
    await rows(runner.manager, "DELETE FROM foresight.import_staging WHERE import_id = $1 AND line > $2", [importId, fromLine])
    copy = client.query(from(`COPY foresight.import_staging (${COLUMNS}) FROM STDIN`))
  } catch (error) {
    await undo()
    throw explained(error)
  }
  // an error between two writes must not end the process: the next write, or the end, tells it
  const ended = finished(copy)
  let failure: Error | undefined
  ended.catch((error: Error) => (failure = error))

  return {
    async write(lines) {
      if (failure) throw explained(failure)
      if (lines.length === 0) return
      const text = copyText(importId, lines)
      if (copy.write(text)) return
      await Promise.race([once(copy, "drain"), ended]).catch((error: unknown) => {
        throw explained(error)
      })
    },
    async close() {
      try {
        copy.end()
        await ended
      } catch (error) {
        await undo()
        throw explained(error)
      }
      await giveBack("COMMIT")
    },
    async abort() {
      if (!failure) copy.destroy(new Error("import aborted"))
      await ended.catch(() => undefined)
      await undo()
    },
  }
}

/** The lines of an order share their instant. */
let lastTime = Number.NaN
let lastIso = ""
function iso(at: Date): string {
  if (at.getTime() !== lastTime) {
    lastTime = at.getTime()
    lastIso = at.toISOString()
  }
  return lastIso
}

/** Lines in COPY's text format, in the order of `COLUMNS`. Half surrogate pairs become replacement characters when the text is sent as UTF-8. */
function copyText(importId: string, lines: readonly StagedLine[]): string {
  let text = ""
  for (const one of lines) {
    text += `${importId}\t${one.line}\t${escaped(one.eventKey)}\t${one.kind}\t${escaped(one.orderId)}\t${iso(one.occurredAt)}\t${one.day}\t${escaped(one.customerRef)}\t`
    text += `${escaped(one.sku)}\t${one.quantity ?? NULL}\t${one.unitPrice ?? NULL}\t${one.currencyCode ?? NULL}\t${escaped(one.location)}\t${escaped(one.salesChannel)}\t`
    text += `${escaped(one.visitorId)}\t${escaped(one.sessionId)}\t${escaped(one.searchTerm)}\t${escaped(one.productHandle)}\t${one.exclusion ?? NULL}\t${escaped(one.exclusionDetail)}\n`
  }
  return text
}

const NULL = "\\N"
const ESCAPES: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "\ufffd" }
const SPECIAL = /[\\\t\n\r\0]/

function escaped(value: string | null): string {
  if (value === null) return NULL
  return SPECIAL.test(value) ? value.replace(/[\\\t\n\r\0]/g, (character) => ESCAPES[character] ?? character) : value
}
