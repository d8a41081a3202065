import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { BLOCK_ROWS, readerOf, RowBlock, SalesRows, type RowReader } from "../domain/demand/sales-rows"
import { ForesightError } from "../domain/errors"

export interface RowStoreOptions {
  /** Bytes of rows that are held before they go to disk. */
  runBytes?: number
  /** Where the temporary file lies. */
  folder?: string
}

const RUN_BYTES = 32 * 1024 * 1024

/** Rows of a sales file of any length: memory holds the latest of them, a temporary file all others. */
export class RowStore {
  length = 0
  private rows: SalesRows
  private readonly runRows: number
  private readonly blockBytes: number
  /** Rows of each run on disk; runs lie one after the other. */
  private readonly runs: number[] = []
  private readonly folder: string
  private file: number | null = null

  /** @param extras Numbers that a row has besides. */
  constructor(
    private readonly extras: number,
    { runBytes = RUN_BYTES, folder = tmpdir() }: RowStoreOptions = {}
  ) {
    this.folder = folder
    this.blockBytes = RowBlock.bytesOf(extras)
    this.runRows = BLOCK_ROWS * Math.max(1, Math.floor(runBytes / this.blockBytes))
    this.rows = new SalesRows(extras)
  }

  /** @param day Days since 1970-01-01. @param units `NaN` where not known. @throws ForesightError `unavailable` where the disk has no room. */
  add(series: number, day: number, units: number, isOut: boolean, extras: ArrayLike<number>): void {
    if (this.rows.length === this.runRows) this.spill()
    this.rows.add(series, day, units, isOut, extras)
    this.length++
  }

  /** Sorts all rows by the rank of their series, after the last one was added; run after run, each step of the iteration one of them. */
  *rank(rankOf: Uint32Array): Generator<void> {
    for (const [run] of this.runs.entries()) {
      const rows = new SalesRows(this.extras)
      for (const block of this.read(run)) rows.blocks.push(block)
      rows.length = this.runRows
      this.write(run, rows.ranked(rankOf))
      yield
    }
    this.rows = this.rows.ranked(rankOf)
  }

  /** Reads ranked rows from the beginning. */
  open(): RowReader {
    return readerOf([...this.runs.map((_, run) => this.read(run)), this.rows.blocks.values()])
  }

  /** Gives the disk back. */
  close(): void {
    if (this.file !== null) closeSync(this.file)
    this.file = null
  }

  private spill(): void {
    this.runs.push(this.rows.length)
    this.write(this.runs.length - 1, this.rows)
    this.rows = new SalesRows(this.extras)
  }

  private write(run: number, rows: SalesRows): void {
    try {
      this.file ??= openUnnamed(this.folder)
      for (const [at, block] of rows.blocks.entries()) writeAll(this.file, block.bytes, this.placeOf(run, at))
    } catch (error) {
      throw new ForesightError("unavailable", `${this.folder} takes no more rows of the file: ${error instanceof Error ? error.message : String(error)}; expected room for ${this.blockBytes / BLOCK_ROWS} bytes a row (TMPDIR names another folder)`, { cause: error })
    }
  }

  private *read(run: number): Generator<RowBlock, undefined> {
    for (let at = 0; at < this.runRows / BLOCK_ROWS; at++) {
      const block = new RowBlock(this.extras)
      block.length = BLOCK_ROWS
      readAll(this.file ?? -1, block.bytes, this.placeOf(run, at))
      yield block
    }
  }

  private placeOf(run: number, block: number): number {
    return (run * (this.runRows / BLOCK_ROWS) + block) * this.blockBytes
  }
}

/** A file that only this process knows: whatever ends it, nothing stays behind. */
function openUnnamed(parent: string): number {
  const folder = mkdtempSync(join(parent, "foresight-rows-"))
  try {
    return openSync(join(folder, "rows"), "wx+", 0o600)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function writeAll(file: number, bytes: Uint8Array, from: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, from + done)
}

function readAll(file: number, bytes: Uint8Array, from: number): void {
  for (let done = 0; done < bytes.length; ) {
    const read = readSync(file, bytes, done, bytes.length - done, from + done)
    if (read === 0) throw new Error("rows that were written cannot be read again")
    done += read
  }
}
