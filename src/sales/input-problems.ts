import { ForesightError } from "../domain/errors"

/** Problems that are told. */
const SHOWN = 20
const LONGEST = 60

/** Gathers what is wrong with a file, so that it is told together. */
export class InputProblems {
  count = 0
  private readonly lines: string[] = []

  constructor(private readonly file: string) {}

  /** @param column `null` where the whole line is wrong. */
  add(line: number, column: string | null, found: string, expected: string): void {
    this.count++
    if (this.lines.length >= SHOWN) return
    const shown = found.length > LONGEST ? `${found.slice(0, LONGEST)}…` : found
    this.lines.push(`${this.file} line ${line}${column === null ? "" : `, column ${column}`}: found ${JSON.stringify(shown)}; expected ${expected}`)
  }

  /** @throws ForesightError `invalid_file` when there was a problem; its message has a line for each of the first 20. */
  throwIfAny(): void {
    if (this.count === 0) return
    const more = this.count - this.lines.length
    throw new ForesightError("invalid_file", [...this.lines, ...(more > 0 ? [`and ${more} more`] : [])].join("\n"))
  }
}
