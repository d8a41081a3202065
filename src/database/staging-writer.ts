import { once } from "node:events"
import { finished } from "node:stream/promises"
import { from, type CopyStreamQuery } from "pg-copy-streams"
import type { DataSource } from "typeorm"
import type { Day } from "../domain/day"
import type { EventName, ExclusionReason } from "../domain/events"
import { NULL, copyField, copyInstant } from "./copy-text"
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

/** The columns from location to product handle where a file has none of them, as files of orders mostly do: a quarter of the time of making the text. */
const NO_REST = Array<string>(6).fill(NULL).join("\t")
const restOf = ({ location, salesChannel, visitorId, sessionId, searchTerm, productHandle }: StagedLine) =>
  (location ?? salesChannel ?? visitorId ?? sessionId ?? searchTerm ?? productHandle) === null
    ? NO_REST
    : `${copyField(location)}\t${copyField(salesChannel)}\t${copyField(visitorId)}\t${copyField(sessionId)}\t${copyField(searchTerm)}\t${copyField(productHandle)}`

/** Lines in COPY's text format, in the order of `COLUMNS`. Half surrogate pairs become replacement characters when the text is sent as UTF-8. */
function copyText(importId: string, lines: readonly StagedLine[]): string {
  let text = ""
  for (const one of lines) {
    text += `${importId}\t${one.line}\t${copyField(one.eventKey)}\t${one.kind}\t${copyField(one.orderId)}\t${copyInstant(one.occurredAt)}\t${one.day}\t${copyField(one.customerRef)}\t`
    text += `${copyField(one.sku)}\t${one.quantity ?? NULL}\t${one.unitPrice ?? NULL}\t${one.currencyCode ?? NULL}\t${restOf(one)}\t${one.exclusion ?? NULL}\t${copyField(one.exclusionDetail)}\n`
  }
  return text
}
