import { statSync } from "node:fs"
import type { Readable } from "node:stream"
import { calendarSpan, holidayColumns } from "../domain/demand/holiday-columns"
import type { DemandPanel, Frequency } from "../domain/demand/types"
import { ForesightError } from "../domain/errors"
import { readSales, type SalesTable } from "../sales/read-sales"
import { say } from "./output"
import type { Progress } from "./progress"
import { bytesOf } from "./sales-file"

/** What `forecast` and `backtest` are told of their file. */
export interface SalesInputOptions {
  frequency: Frequency
  horizon: number
  known: string[]
  static: string[]
  /** Two letters, ISO 3166-1; its holidays become columns known ahead. */
  country?: string
}

/** Reads a sales file, `-` for stdin, and says on stderr what was decided on the way. @throws ForesightError `invalid_file`, `invalid_options`. */
export async function readSalesInput(fileName: string, options: SalesInputOptions, progress: Progress, stdin: Readable = process.stdin): Promise<SalesTable> {
  const name = fileName === "-" ? "stdin" : fileName
  const size = fileName === "-" ? 0 : sizeOf(fileName)
  const bytes = fileName === "-" ? (stdin as AsyncIterable<Buffer>) : bytesOf({ path: fileName, name }, (read) => progress.update("reading", read, size))
  const table = await readSales(bytes, { name, frequency: options.frequency, known: options.known, statics: options.static })
  progress.stop()
  for (const note of table.notes) say(`${name}: ${note}`)
  if (options.country !== undefined) await addHolidays(table.panel, options.country, options.horizon)
  return table
}

async function addHolidays(panel: DemandPanel, country: string, horizon: number): Promise<void> {
  const span = calendarSpan(panel, horizon)
  if (!span) return
  const { holidaysOf } = await import("../calendar/holidays-of.js") // large: only where it is asked for
  panel.known = [...(panel.known ?? []), ...holidayColumns(panel, horizon, holidaysOf(country, span.from, span.to))]
}

function sizeOf(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) throw new ForesightError("invalid_file", `${path} does not exist; expected a sales file (.csv, .csv.gz, or - for stdin)`)
  if (!stat.isFile()) throw new ForesightError("invalid_file", `${path} is no file; expected a sales file (.csv, .csv.gz, or - for stdin)`)
  return stat.size
}

