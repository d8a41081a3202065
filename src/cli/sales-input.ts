import { statSync } from "node:fs"
import type { Readable } from "node:stream"
import { calendarSpan, holidayColumns } from "../domain/demand/holiday-columns"
import { mapSource, type PanelSource } from "../domain/demand/panel-source"
import type { Frequency } from "../domain/demand/types"
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
  return options.country === undefined ? table : { ...table, source: await withHolidays(table.source, options.country, options.horizon) }
}

async function withHolidays(source: PanelSource, country: string, horizon: number): Promise<PanelSource> {
  const span = calendarSpan(source, horizon)
  if (!span) return source
  const { holidaysOf } = await import("../calendar/holidays-of.js") // large: only where it is asked for
  const holidays = holidaysOf(country, span.from, span.to)
  return mapSource(source, (part) => ({ ...part, known: [...(part.known ?? []), ...holidayColumns(part, horizon, holidays)] }))
}

function sizeOf(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) throw new ForesightError("invalid_file", `${path} does not exist; expected a sales file (.csv, .csv.gz, or - for stdin)`)
  if (!stat.isFile()) throw new ForesightError("invalid_file", `${path} is no file; expected a sales file (.csv, .csv.gz, or - for stdin)`)
  return stat.size
}

