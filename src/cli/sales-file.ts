import { createHash } from "node:crypto"
import { createReadStream, createWriteStream, existsSync, mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { pipeline } from "node:stream/promises"
import type { Readable } from "node:stream"
import { ForesightError } from "../domain/errors"

/** A file a command reads, plain or gzip, or stdin laid down in a temporary file: it is read again where an import goes on. */
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

const CHUNK_BYTES = 1 << 20

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
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    await pipeline(stdin, createWriteStream(path))
    return { name: "stdin", path, bytes: statSync(path).size, hash: await hashOf(path), remove }
  } catch (cause) {
    remove()
    throw new ForesightError("invalid_file", `stdin cannot be read and kept in ${tmpdir()}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

/** The file's bytes as they are. @param onBytes Hears how many have been read. */
export async function* bytesOf({ path, name }: Pick<SalesFile, "path" | "name">, onBytes: (bytes: number) => void = () => undefined): AsyncGenerator<Buffer> {
  let bytes = 0
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
      bytes += chunk.length
      onBytes(bytes)
      yield chunk
    }
  } catch (cause) {
    throw new ForesightError("invalid_file", `${name} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256")
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) hash.update(chunk as Buffer)
  return hash.digest("hex")
}
