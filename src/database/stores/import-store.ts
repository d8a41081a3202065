import type { DataSource } from "typeorm"
import type { ImportAnswer } from "../../api/answers"
import type { Day } from "../../domain/day"
import type { EventName, ExclusionReason } from "../../domain/events"

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

export type ImportStatus = ImportAnswer["status"]
export interface RefusedLine {
  line: number
  column: string | null
  value: string | null
  message: string
}
export interface ImportReport {
  id: string
  fileName: string
  /** Hash of the file's content: the same file again continues or repeats the same import. */
  sourceHash: string
  format: string
  status: ImportStatus
  createdAt: Date
  finishedAt: Date | null
  linesRead: number
  linesKept: number
  linesDuplicate: number
  linesRefused: number
  excluded: Partial<Record<ExclusionReason, number>>
  refusedSample: RefusedLine[]
  error: string | null
  /** Status `staging`: last line that is safely staged. Status `inserting`: last line that has become an event. */
  resumeLine: number
}

/** Names of one page of lines, to be looked up in the shop. */
export interface StagedReferences {
  skus: string[]
  productHandles: string[]
  customerRefs: string[]
  locations: string[]
  salesChannels: string[]
}
/** What the shop answered; names that are missing stay unknown. */
export interface ResolvedReferences {
  skus: { sku: string; variantId: string; productId: string }[]
  productHandles: { handle: string; productId: string }[]
  customers: { ref: string; customerId: string }[]
  locations: { name: string; locationId: string }[]
  salesChannels: { name: string; salesChannelId: string }[]
  /** For lines that name none, or one the shop does not know. */
  defaultLocationId: string | null
  defaultSalesChannelId: string | null
}

export interface StagingWriter {
  /** Appends lines; resolves when Postgres is ready for more. */
  write(lines: readonly StagedLine[]): Promise<void>
  /** Commits what was written. */
  close(): Promise<void>
  /** Throws away what was written since the writer was opened. */
  abort(): Promise<void>
}

export interface ImportStore {
  /** The import of this file: an unfinished one with the same `sourceHash` is continued, else a new one begins in status `staging`. */
  open(source: { fileName: string; sourceHash: string; format: string }): Promise<ImportReport>
  /** @throws ForesightError `not_found`. */
  get(id: string): Promise<ImportReport>
  /** Newest first. */
  list(page: { limit: number; offset: number }): Promise<{ imports: ImportReport[]; count: number }>
  /** Overwrites the named fields (status `staging` or `inserting`). */
  update(id: string, change: Partial<Pick<ImportReport, "status" | "linesRead" | "linesRefused" | "refusedSample" | "resumeLine">>): Promise<ImportReport>
  /** A COPY into the staging table on a connection of its own. Lines of this import after `fromLine` that an earlier try left are removed first. */
  openStaging(importId: string, fromLine?: number): Promise<StagingWriter>
  /** Sets why staged lines do not count (`null`: they do); for rules that need the whole file. @returns lines changed. */
  excludeStaged(importId: string, lines: readonly { line: number; exclusion: ExclusionReason | null; detail: string | null }[]): Promise<number>
  /** Staged lines after `afterLine`, by line. */
  stagedPage(importId: string, page: { afterLine: number; limit: number }): Promise<StagedLine[]>
  /** First and last day of the staged lines, and their number; days `null` when there are none. */
  stagedSpan(importId: string): Promise<{ lines: number; firstDay: Day | null; lastDay: Day | null }>
  /** Distinct names in the next `limit` staged lines after `afterLine`. */
  stagedReferences(importId: string, page: { afterLine: number; limit: number }): Promise<StagedReferences>
  /** Turns the next `limit` staged lines after `afterLine` into events and excluded lines, adds to the report's counts and moves its `resumeLine`, in one
   * transaction. Safe to repeat. A line without a known SKU is kept and excluded as `unknown_sku`.
   * @returns `lastLine: null` when no line was left. */
  insertFromStaging(
    importId: string,
    page: { afterLine: number; limit: number; references: ResolvedReferences }
  ): Promise<{ lastLine: number | null; inserted: number; duplicates: number; excluded: number }>
  /** Ends an import and empties its staging lines (kept when it failed, so that it can be continued). */
  finish(id: string, end: { status: "done" | "failed" | "canceled"; error?: string | null }): Promise<ImportReport>
}
export declare function createImportStore(dataSource: DataSource): ImportStore
