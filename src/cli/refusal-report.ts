import { once } from "node:events"
import { createWriteStream, openSync, type WriteStream } from "node:fs"
import { finished } from "node:stream/promises"
import { stringify } from "csv-stringify/sync"
import { ForesightError } from "../domain/errors"
import type { RefusedLine } from "../domain/imports/import-line"

/** Lists refused lines in a CSV file that is made with the first one.
 * `add()` and `close()` throw ForesightError `invalid_options` when the file cannot be written. */
export function createRefusalReport(path: string) {
  let file: WriteStream | null = null
  let failure: unknown
  let written: Promise<void> = Promise.resolve()
  const unwritable = (cause: unknown) =>
    new ForesightError("invalid_options", `refused lines cannot be listed in ${path} (${cause instanceof Error ? cause.message : String(cause)}); name another file with --report`, { cause })
  const open = () => {
    try {
      const stream = createWriteStream(path, { fd: openSync(path, "w") })
      written = finished(stream)
      // an error between two lines must not end the process: the next line, or the end, tells it
      written.catch((error: unknown) => (failure = error))
      return stream
    } catch (error) {
      throw unwritable(error)
    }
  }
  return {
    add: async (refused: readonly RefusedLine[]): Promise<void> => {
      if (!file) {
        file = open()
        file.write("line,column,value,message\n")
      }
      if (failure) throw unwritable(failure)
      const rows = refused.map(({ line, column, value, message }) => [String(line), column ?? "", value, message])
      const more = file.write(stringify(rows, { quoted: true, quoted_empty: true, escape_formulas: true }))
      if (!more) await once(file, "drain").catch((error: unknown) => {
        throw unwritable(error)
      })
    },
    /** @returns The file's path, or `null` when nothing was refused. */
    async close(): Promise<string | null> {
      if (!file) return null
      file.end()
      await written.catch((error: unknown) => {
        throw unwritable(error)
      })
      return path
    },
  }
}
