import { createHash } from "node:crypto"
import { createReadStream, createWriteStream, existsSync, mkdtempSync, openSync, readSync, closeSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { pipeline } from "node:stream/promises"
import { Transform, type Readable } from "node:stream"
import { createGunzip } from "node:zlib"
import { CsvError, parse, type Info } from "csv-parse"
import { ForesightError } from "../domain/errors"

/** A file a command reads, plain or gzip, or stdin laid down in a temporary file: it is read more than once. */
export interface SalesFile {
  /** As people know it; `stdin` for `-`. */
  name: string
  path: string
  bytes: number
  /** SHA-256 of its content. */
  hash: string
  /** Removes what was laid down. */
  remove(): void
}

/** One record, or why the CSV itself is broken there. */
export type CsvRecord = { line: number; fields: string[] } | { line: number; broken: string; text: string }

/** Opens a file by name, `-` for stdin. @throws ForesightError `invalid_file`. */
export async function openSalesFile(name: string, stdin: Readable = process.stdin): Promise<SalesFile> {
  if (name !== "-") {
    if (!existsSync(name)) throw new ForesightError("invalid_file", `${name} does not exist`)
    const stat = statSync(name)
    if (!stat.isFile()) throw new ForesightError("invalid_file", `${name} is no file`)
    return { name: basename(name), path: name, bytes: stat.size, hash: await hashOf(name), remove: () => undefined }
  }
  const folder = mkdtempSync(join(tmpdir(), "foresight-import-"))
  const path = join(folder, "stdin")
  await pipeline(stdin, createWriteStream(path))
  return { name: "stdin", path, bytes: statSync(path).size, hash: await hashOf(path), remove: () => rmSync(folder, { recursive: true, force: true }) }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256")
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest("hex")
}

const isGzip = (path: string) => {
  const head = Buffer.alloc(2)
  const file = openSync(path, "r")
  try {
    return readSync(file, head, 0, 2, 0) === 2 && head[0] === 0x1f && head[1] === 0x8b
  } finally {
    closeSync(file)
  }
}

/** Streams a file's records with their line numbers, the header first. The delimiter is the one of comma, semicolon and tab that the first line holds most.
 * A record whose quotes are broken is told and skipped; the rest goes on.
 * @param onBytes Hears how many bytes of the file have been read.
 * @throws ForesightError `invalid_file` when the gzip is broken. */
export async function* readRecords({ path, name }: Pick<SalesFile, "path" | "name">, onBytes: (bytes: number) => void = () => undefined): AsyncGenerator<CsvRecord> {
  let bytes = 0
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      onBytes(bytes)
      done(null, chunk)
    },
  })
  const broken: CsvRecord[] = []
  /** Last line of the newest whole record; the parser is ahead of the loop below. */
  let parsedLine = 0
  const parser = parse({
    bom: true,
    delimiter: await delimiterOf(path),
    info: true,
    relax_column_count: true,
    relax_quotes: true, // a stray quote stays in its field, which is then judged alone
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: 1_000_000,
    on_record: (record: string[], { lines }) => {
      parsedLine = lines
      return record
    },
    on_skip: (error, raw) => {
      const open = error instanceof CsvError && error.code === "CSV_QUOTE_NOT_CLOSED"
      const message = open ? "a quote is opened here or below and never closed; the lines after it cannot be told apart" : (error?.message ?? "the record cannot be read")
      broken.push({ line: parsedLine + 1, broken: message, text: (raw ?? "").slice(0, 200) })
      return undefined
    },
  })
  const stages = isGzip(path) ? [createReadStream(path), counted, createGunzip(), parser] : [createReadStream(path), counted, parser]
  const flow = pipeline(stages as [Readable, Transform, Transform])
  let failure: unknown
  flow.catch((error: unknown) => {
    failure = error // the loop below ends with it
  })
  try {
    for await (const record of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      yield* broken.splice(0)
      yield { line: record.info.lines, fields: record.record }
    }
    yield* broken.splice(0)
  } catch (error) {
    const cause = failure ?? error
    throw new ForesightError("invalid_file", `${name} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

async function delimiterOf(path: string): Promise<string> {
  let head = ""
  const source = createReadStream(path, { end: 65_535 })
  const text = isGzip(path) ? source.pipe(createGunzip()) : source
  source.once("error", (error) => text.destroy(error))
  try {
    for await (const chunk of text) {
      head += (chunk as Buffer).toString("utf8")
      if (head.includes("\n")) break
    }
  } catch (error) {
    if (!head.includes("\n") && head === "") return "," // an end in the middle of the gzip is told by the reading itself
    if (!(error instanceof Error)) throw error
  }
  const line = head.split("\n", 1)[0] ?? ""
  const count = (mark: string) => line.split(mark).length
  return [",", ";", "\t"].reduce((best, mark) => (count(mark) > count(best) ? mark : best))
}
