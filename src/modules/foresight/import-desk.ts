import { createHash, randomUUID } from "node:crypto"
import type { ImportFound, ImportReport } from "../../database/stores/import-store"
import type { Stores } from "../../database/stores"
import { ForesightError } from "../../domain/errors"
import { readOptions, type FileChoices } from "../../imports/import-options"
import { readImport } from "../../imports/import-reader"
import { shiftKept } from "../../imports/import-shift"
import { SkuSample } from "../../imports/sku-sample"
import { checkLines, foundFacts, stageLines, type ImportSummary } from "../../imports/stage-import"
import type { ShopReader } from "../../shop/shop-reader"
import type { ForesightClient } from "../../temporal/foresight-client"

/** A file as it comes in by HTTP. */
export interface Upload {
  fileName: string
  choices: FileChoices
  bytes: AsyncIterable<Buffer>
}

/** What a file would become. */
export interface UploadCheck {
  summary: ImportSummary
  found: ImportFound
  unknownSkus: { checked: number; unknown: number; sample: string[] } | null
}

/** Imports by the admin: a file is read while it arrives and never kept; Postgres slows its sender down where it is slower. */
export class ImportDesk {
  /** Imports whose file this process is reading, and how to stop that. */
  private readonly reading = new Map<string, AbortController>()

  constructor(
    private readonly stores: Pick<Stores, "imports" | "staging">,
    private readonly temporal: Pick<ForesightClient, "startImport" | "cancelImport">,
    private readonly timeZone: string,
    private readonly now: () => Date
  ) {}

  /** Reads and judges a file without writing anything. @throws ForesightError `invalid_file`. */
  async check({ fileName, choices, bytes }: Upload, reader: Pick<ShopReader, "variantsBySku" | "productsByHandle">): Promise<UploadCheck> {
    const { facts, batches } = await readImport(bytes, this.optionsOf(fileName, choices))
    const skus = new SkuSample()
    const silent = { onRefused: () => Promise.resolve(), onLines: () => undefined }
    const summary = await checkLines(facts, batches, silent, (line) => skus.see(line))
    return { summary, found: foundFacts(facts, summary), unknownSkus: skus.isEmpty ? null : await skus.check(reader) }
  }

  /** Stages a file while it arrives, then starts the workflow that turns its lines into events.
   * @throws ForesightError `invalid_file` for a file no line of which can be read, `conflict` when the same file is being imported, `canceled` when somebody stopped it. */
  async take({ fileName, choices, bytes }: Upload): Promise<ImportReport> {
    const hash = createHash("sha256")
    const { facts, batches } = await readImport(hashed(bytes, hash), this.optionsOf(fileName, choices))
    const { imports, staging } = this.stores
    // the content's hash is known at its end; until then the import has a name of its own
    const report = await imports.open({ fileName, sourceHash: `upload:${randomUUID()}`, format: facts.header.format })
    const stop = new AbortController()
    this.reading.set(report.id, stop)
    try {
      const onLines = () => {
        if (stop.signal.aborted) throw new ForesightError("canceled", `the import of ${fileName} was canceled`)
      }
      const summary = await stageLines(this.stores, report, { facts, batches, source: choices.source, hooks: { onRefused: () => Promise.resolve(), onLines } })
      const read = { linesRead: summary.read, linesRefused: summary.refused, refusedSample: summary.sample, found: foundFacts(facts, summary) }
      await imports.update(report.id, read)
      if (summary.kept === 0) throw new ForesightError("invalid_file", `${fileName} has no line that can be read${summary.read > 0 ? `: all ${summary.read} were refused` : ""}`)
      const sourceHash = hash.digest("hex")
      shiftKept(await imports.ofContent(sourceHash), false)
      const staged = await imports.update(report.id, { sourceHash, status: "inserting", lastLine: summary.lastLine })
      await this.temporal.startImport(report.id)
      return staged
    } catch (error) {
      const status = error instanceof ForesightError && error.code === "canceled" ? "canceled" : "failed"
      await imports.finish(report.id, { status, error: status === "failed" ? messageOf(error) : null })
      await staging.clear(report.id)
      throw error
    } finally {
      this.reading.delete(report.id)
    }
  }

  /** Stops an import, or gives up one that failed; what became events stays. One that was done or canceled stays as it is. */
  async cancel(id: string): Promise<ImportReport> {
    const { imports, staging } = this.stores
    const report = await imports.get(id)
    if (report.status === "done" || report.status === "canceled") return report
    this.reading.get(id)?.abort()
    // the workflow ends the report itself; where none runs, or another process is reading the file, it is ended here
    const asked = report.status === "inserting" && (await this.temporal.cancelImport(id))
    if (asked) return imports.get(id)
    const ended = await imports.finish(id, { status: "canceled" })
    if (!this.reading.has(id)) await staging.clear(id)
    return ended
  }

  private optionsOf(fileName: string, choices: FileChoices) {
    return readOptions(fileName, choices, { timeZone: this.timeZone, now: this.now(), isShifted: false })
  }
}

async function* hashed(bytes: AsyncIterable<Buffer>, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    hash.update(chunk)
    yield chunk
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
