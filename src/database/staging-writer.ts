import { once } from "node:events"
import { finished } from "node:stream/promises"
import { from, type CopyStreamQuery } from "pg-copy-streams"
import type { DataSource } from "typeorm"
import type { Day } from "../domain/day"
import type { EventName, ExclusionReason } from "../domain/events"
import { literal } from "./bulk"
import { ImportStagingEntity } from "./entities/import-staging.entity"
import { rows } from "./query"

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
  status: string | null
  description: string | null
  visitorId: string | null
  sessionId: string | null
  searchTerm: string | null
  productHandle: string | null
  /** Why the line will not count; `null` when it does. */
  exclusion: ExclusionReason | null
  exclusionDetail: string | null
}

export interface StagingWriter {
  /** Appends lines; resolves when Postgres is ready for more. */
  write(lines: readonly StagedLine[]): Promise<void>
  /** Commits what was written. */
  close(): Promise<void>
  /** Throws away what was written since the writer was opened. */
  abort(): Promise<void>
}

const NAMES: (keyof StagedLine)[] = [
  "line",
  "eventKey",
  "kind",
  "orderId",
  "occurredAt",
  "day",
  "customerRef",
  "sku",
  "quantity",
  "unitPrice",
  "currencyCode",
  "location",
  "salesChannel",
  "status",
  "description",
  "visitorId",
  "sessionId",
  "searchTerm",
  "productHandle",
  "exclusion",
  "exclusionDetail",
]

/** A COPY into the staging table, in one transaction on a connection of its own; see `ImportStore.openStaging`. */
export async function openStagingWriter(dataSource: DataSource, importId: string, fromLine: number): Promise<StagingWriter> {
  const metadata = dataSource.getMetadata(ImportStagingEntity)
  const columns = NAMES.map((name) => metadata.columns.find((column) => column.propertyName === name)).filter((column) => column !== undefined)
  const runner = dataSource.createQueryRunner()
  const giveBack = async (end: "COMMIT" | "ROLLBACK") => {
    try {
      await rows(runner.manager, end)
    } finally {
      await runner.release()
    }
  }
  let copy: CopyStreamQuery
  try {
    const client = (await runner.connect()) as { query(stream: CopyStreamQuery): CopyStreamQuery }
    await rows(runner.manager, "BEGIN")
    await rows(runner.manager, "DELETE FROM foresight.import_staging WHERE import_id = $1 AND line > $2", [importId, fromLine])
    const names = columns.map((column) => column.databaseName).join(", ")
    copy = client.query(from(`COPY foresight.import_staging (import_id, ${names}) FROM STDIN`))
  } catch (error) {
    await giveBack("ROLLBACK")
    throw error
  }
  // an error between two writes must not end the process: the next write, or the end, tells it
  const ended = finished(copy)
  let failure: Error | undefined
  ended.catch((error: Error) => (failure = error))

  return {
    async write(lines) {
      if (failure) throw failure
      const values = (line: StagedLine) => columns.map((column) => escaped(literal(line[column.propertyName as keyof StagedLine], column)))
      const text = lines.map((line) => [importId, ...values(line)].join("\t")).join("\n")
      if (lines.length > 0 && !copy.write(`${text}\n`)) await once(copy, "drain")
    },
    async close() {
      try {
        copy.end()
        await ended
      } catch (error) {
        await giveBack("ROLLBACK")
        throw error
      }
      await giveBack("COMMIT")
    },
    async abort() {
      if (!failure) copy.destroy(new Error("import aborted"))
      await ended.catch(() => undefined)
      await giveBack("ROLLBACK")
    },
  }
}

const ESCAPES: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" }
/** A value in COPY's text format. */
const escaped = (value: string | null) => (value === null ? "\\N" : value.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character))
