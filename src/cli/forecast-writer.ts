import { once } from "node:events"
import { createWriteStream, openSync, renameSync, rmSync } from "node:fs"
import { finished, pipeline } from "node:stream/promises"
import { PassThrough, type Writable } from "node:stream"
import { createGzip } from "node:zlib"
import { ForesightError } from "../domain/errors"

/** Where rows of text go: nothing stands under the file's name until all of it is there. */
export interface RowWriter {
  write(text: string): Promise<void>
  close(): Promise<void>
  /** Removes what was written so far. */
  abort(): void
}

/** Writes to a file, packed where its name ends with `.gz`. @throws ForesightError `invalid_options` when it cannot be written. */
export function fileWriter(path: string): RowWriter {
  const partial = `${path}.partial`
  const unwritable = (cause: unknown) => new ForesightError("invalid_options", `${path} cannot be written (${cause instanceof Error ? cause.message : String(cause)}); name another file`, { cause })
  let fd: number
  try {
    fd = openSync(partial, "w")
  } catch (error) {
    throw unwritable(error)
  }
  const file = createWriteStream(partial, { fd })
  const stream: Writable = path.endsWith(".gz") ? new PassThrough() : file
  let failure: unknown = null
  const done = path.endsWith(".gz") ? pipeline(stream as PassThrough, createGzip(), file) : finished(file)
  done.catch((error: unknown) => (failure = error))
  return {
    async write(text) {
      if (failure !== null) throw unwritable(failure)
      if (!stream.write(text)) {
        await Promise.race([once(stream, "drain"), done]).catch((error: unknown) => {
          throw unwritable(error)
        })
      }
    },
    async close() {
      stream.end()
      await done.catch((error: unknown) => {
        throw unwritable(error)
      })
      try {
        renameSync(partial, path)
      } catch (error) {
        throw unwritable(error)
      }
    },
    abort() {
      stream.destroy()
      rmSync(partial, { force: true })
    },
  }
}

/** Writes to stdout. Its `write()` throws ForesightError `canceled` when the reader has gone, e.g. `head` has all it wants. */
export function stdoutWriter(stdout: Writable = process.stdout): RowWriter {
  const gone = (cause: unknown) => new ForesightError("canceled", "the output was closed before its end", { cause })
  let failure: unknown = null
  stdout.on("error", (error) => (failure = error))
  return {
    async write(text) {
      if (failure !== null) throw gone(failure)
      if (stdout.write(text)) return
      await once(stdout, "drain").catch((error: unknown) => {
        throw gone(error)
      })
    },
    close: async () => undefined,
    abort: () => undefined,
  }
}
