import { parse, type CsvError } from "csv-parse/sync"
import type { Separator } from "../domain/imports/file-style"

/** One record, or why the CSV itself is broken there. */
export type CsvRecord = { line: number; fields: string[] } | { line: number; broken: string; text: string }

/** Longest record, characters: a quote that is never closed would swallow the rest of the file. */
const LONGEST = 1_000_000
const NEVER_CLOSED = "a quote is opened here and never closed"

/**
 * Splits text into records as it streams by. Lines without a quote, nearly all of most files, are split at the separator; csv-parse reads those with quotes,
 * many at once. A record with a line break inside its quotes has the number of its first line. Empty lines are skipped.
 */
export class RecordSplitter {
  private lineBreak: "\n" | "\r" | null = null
  private rest = ""
  private line = 0
  /** Lines of a record whose quote is still open. */
  private open: string[] = []
  private openLength = 0
  private records: (CsvRecord | null)[] = []
  private quoted: { at: number; line: number; text: string }[] = []

  constructor(private readonly separator: Separator) {}

  /** @returns The records that end in this text. */
  push(text: string): CsvRecord[] {
    this.lineBreak ??= text.includes("\n") ? "\n" : text.includes("\r") ? "\r" : null // an old Mac's file has no \n at all
    const whole = this.rest + text
    const hasQuotes = this.open.length > 0 || whole.includes('"')
    const lines = whole.split(this.lineBreak ?? "\n")
    this.rest = lines.pop() ?? ""
    for (const line of lines) this.take(line.endsWith("\r") ? line.slice(0, -1) : line, hasQuotes)
    return this.collected()
  }

  /** @returns What is left at the file's end, and whether its last line lacks its line break. */
  end(): { records: CsvRecord[]; torn: boolean } {
    const torn = this.rest !== ""
    if (torn) this.take(this.rest.replace(/\r$/, ""), true)
    this.rest = ""
    while (this.open.length > 0) this.giveUp()
    return { records: this.collected(), torn }
  }

  private take(line: string, hasQuotes: boolean): void {
    this.line += 1
    if (!hasQuotes || (this.open.length === 0 && !line.includes('"'))) {
      if (line === "") return
      const fields = line.split(this.separator)
      if (fields[0] !== "" || fields.some((field) => field !== "")) this.records.push({ line: this.line, fields })
      return
    }
    this.open.push(line)
    this.openLength += line.length
    if (this.endsOpen(this.open.length > 1, line)) {
      if (this.openLength > LONGEST) this.giveUp()
      return
    }
    this.quoted.push({ at: this.records.length, line: this.line - this.open.length + 1, text: this.open.join("\n") })
    this.records.push(null)
    this.open = []
    this.openLength = 0
  }

  /** Whether a quote is open at the line's end: one opens a field only at its beginning, a stray one stays text. */
  private endsOpen(inside: boolean, line: string): boolean {
    let open = inside
    for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) {
      if (!open) open = at === 0 || line[at - 1] === this.separator
      else if (line[at + 1] === '"') at += 1
      else open = false
    }
    return open
  }

  /** The first line of the open record is broken; the others are read anew. */
  private giveUp(): void {
    const [first = "", ...others] = this.open
    this.open = []
    this.openLength = 0
    this.line -= others.length
    this.records.push({ line: this.line, broken: NEVER_CLOSED, text: first.slice(0, 200) })
    for (const line of others) this.take(line, true)
  }

  private collected(): CsvRecord[] {
    this.readQuoted()
    const { records } = this
    this.records = []
    return records as CsvRecord[]
  }

  private readQuoted(): void {
    const { quoted } = this
    this.quoted = []
    if (quoted.length === 0) return
    const together = this.parsed(quoted.map(({ text }) => text).join("\n"))
    for (const [index, { at, line, text }] of quoted.entries()) {
      // where csv-parse sees other borders than we do, each record is read alone
      const alone = Array.isArray(together) && together.length === quoted.length ? null : this.parsed(text)
      const fields = alone === null ? (together as string[][])[index] : Array.isArray(alone) && alone.length === 1 ? alone[0] : undefined
      this.records[at] = fields ? { line, fields } : { line, broken: typeof alone === "string" ? alone : NEVER_CLOSED, text: text.slice(0, 200) }
    }
  }

  private parsed(text: string): string[][] | string {
    try {
      return parse(text, { delimiter: this.separator, record_delimiter: "\n", relax_column_count: true, relax_quotes: true })
    } catch (error) {
      return (error as CsvError).message
    }
  }
}
