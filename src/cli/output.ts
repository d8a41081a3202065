import { ForesightError, type ForesightErrorCode } from "../domain/errors"

/** Done, failed, bad usage or bad input. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const

const BAD_INPUT: readonly ForesightErrorCode[] = ["invalid_series", "invalid_event", "invalid_settings", "invalid_interactions", "invalid_options", "invalid_file", "too_little_data", "not_found"]

/** One line for people, on stderr: stdout holds results only. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** The command's one document on stdout. */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`)
}

/** A result for people, on stdout. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Columns as wide as their widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)))
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd()).join("\n")
}

/** The exit code that fits an error: 2 where the user can mend it in what they typed or gave, else 1. */
export function exitCodeOf(error: unknown): number {
  return error instanceof ForesightError && BAD_INPUT.includes(error.code) ? EXIT.usage : EXIT.failed
}

/** What the user reads of an error. */
export function messageOf(error: unknown): string {
  if (error instanceof ForesightError) return error.message
  if (error instanceof Error) return process.env.FORESIGHT_DEBUG ? (error.stack ?? error.message) : error.message
  return String(error)
}
