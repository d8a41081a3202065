import { createWriteStream, type WriteStream } from "node:fs"
import { once } from "node:events"
import type { RefusedLine } from "../domain/imports/parse-line"

/** How many refusals are told at once. */
const SAMPLE = 20

/** Collects refused lines: all of them in a CSV file that is made with the first one, the first 20 for the message. */
export function createRefusalReport(path: string) {
  const sample: RefusedLine[] = []
  let file: WriteStream | null = null
  let count = 0
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
        file = createWriteStream(path)
        file.write("line,column,value,message\n")
      }
      const more = file.write(`${[refused.line, refused.column, refused.value, refused.message].map(cell).join(",")}\n`)
      if (!more) await once(file, "drain")
    },
    /** @returns The file's path, or `null` when nothing was refused. */
    async close(): Promise<string | null> {
      if (!file) return null
      file.end()
      await once(file, "finish")
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
