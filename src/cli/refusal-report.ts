import { once } from "node:events"
import { createWriteStream, openSync, type WriteStream } from "node:fs"
import { finished } from "node:stream/promises"
import { ForesightError } from "../domain/errors"
import type { RefusedLine } from "../domain/imports/parse-line"

/** How many refusals are told at once. */
const SAMPLE = 20

/** Collects refused lines: all of them in a CSV file that is made with the first one, the first 20 for the message.
 * `add()` and `close()` throw ForesightError `invalid_options` when the file cannot be written. */
export function createRefusalReport(path: string) {
  const sample: RefusedLine[] = []
  let file: WriteStream | null = null
  let count = 0
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
  const cell = (text: string | number | null) => `"${String(text ?? "").replaceAll("\"", "\"\"")}"`
  return {
    sample,
    get count() {
      return count
    },
    async add(refused: RefusedLine): Promise<void> {
      count += 1
      if (sample.length < SAMPLE) sample.push(refused)
      if (!file) {
        file = open()
        file.write("line,column,value,message\n")
      }
      if (failure) throw unwritable(failure)
      const more = file.write(`${[refused.line, refused.column, refused.value, refused.message].map(cell).join(",")}\n`)
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
    /** The first refusals, one line each. */
    lines(): string[] {
      const told = sample.map(({ line, column, value, message }) => `line ${line}${column ? `, ${column}` : ""}: ${JSON.stringify(value)}: ${message}`)
      return count > sample.length ? [...told, `… and ${count - sample.length} more`] : told
    },
  }
}
export type RefusalReport = ReturnType<typeof createRefusalReport>
