import type { ImportFound, ImportReport } from "../database/stores/import-store"
import type { ExclusionReason } from "../domain/events"
import type { ImportSummary } from "../imports/stage-import"
import { print, printJson, say, table } from "./output"

interface Ended {
  report: ImportReport
  /** `null` where the file had been read by an earlier command. */
  summary: ImportSummary | null
  unknownLocations: readonly string[]
  unknownSalesChannels: readonly string[]
  refusedFile: string | null
  seconds: number
}

interface Checked {
  summary: ImportSummary
  found: ImportFound
  refusedFile: string | null
  skus: SkuCheck | null
}

/** SKUs of a file that were looked up in the shop. */
export interface SkuCheck {
  checked: number
  unknown: number
  sample: string[]
}

/** The end of an import: one JSON document, or a table. */
export function tellImport(json: boolean, { report, summary, unknownLocations, unknownSalesChannels, refusedFile, seconds }: Ended): void {
  const { linesRead, linesKept, linesDuplicate, linesRefused, excluded, status, error, found } = report
  if (json) {
    printJson({
      import_id: report.id,
      file: report.fileName,
      format: report.format,
      ...foundFields(found),
      status,
      error,
      lines_read: linesRead,
      lines_kept: linesKept,
      lines_duplicate: linesDuplicate,
      lines_refused: linesRefused,
      excluded,
      refused: report.refusedSample,
      refused_report: refusedFile,
      unknown_locations: unknownLocations,
      unknown_sales_channels: unknownSalesChannels,
      first_day: summary?.firstDay ?? found?.firstDay ?? null,
      last_day: summary?.lastDay ?? found?.lastDay ?? null,
      shifted_weeks: report.shiftWeeks ?? 0,
      seconds,
      lines_per_second: Math.round(linesRead / seconds),
    })
    return
  }
  print(
    table([
      ["format", [report.format, ...(found ? [foundText(found)] : [])].join(", ")],
      ["lines read", String(linesRead)],
      ["kept", String(linesKept)],
      ["known before", String(linesDuplicate)],
      ["refused", `${linesRefused}${refusedFile ? ` (${refusedFile})` : ""}`],
      ...reasonRows(excluded),
    ])
  )
  if (found?.cut) say(`the file ends in the middle: ${found.cut}; what stands before it was kept`)
  if (unknownLocations.length > 0) say(`locations the shop does not know, counted at the default one: ${unknownLocations.join(", ")}`)
  if (unknownSalesChannels.length > 0) say(`sales channels the shop does not know, counted in the default one: ${unknownSalesChannels.join(", ")}`)
  say(`${status} in ${seconds.toFixed(1)} s${error ? `: ${error}` : ""}`)
}

/** The end of a dry run. `skus`: `null` where the shop could not be asked. */
export function tellDryRun(json: boolean, file: string, { summary, found, refusedFile, skus }: Checked): void {
  const { format, read, kept, refused, excluded, firstDay, lastDay, sample } = summary
  if (json) {
    const counts = { lines_read: read, lines_kept: kept, lines_refused: refused, excluded, refused: sample, refused_report: refusedFile }
    printJson({ file, format, ...foundFields(found), ...counts, first_day: firstDay, last_day: lastDay, unknown_skus: skus })
    return
  }
  const named = skus && skus.sample.length > 0 ? ` (${skus.sample.join(", ")}${skus.unknown > skus.sample.length ? ", …" : ""})` : ""
  const share = skus && skus.checked > 0 ? `${skus.unknown} of ${skus.checked}${named}` : "–"
  print(
    table([
      ["format", `${format}, ${foundText(found)}`],
      ["lines read", String(read)],
      ["would be kept", String(kept)],
      ["refused", String(refused)],
      ["days", `${firstDay ?? "–"} to ${lastDay ?? "–"}`],
      ["SKUs the shop does not know", share],
      ...reasonRows(excluded),
    ])
  )
  if (found.cut) say(`the file ends in the middle: ${found.cut}`)
}

/** The first refusals, one line each. */
export function refusalLines({ sample, refused }: Pick<ImportSummary, "sample" | "refused">): string[] {
  const told = sample.map(({ line, column, value, message }) => `line ${line}${column ? `, ${column}` : ""}: ${JSON.stringify(value)}: ${message}`)
  return refused > sample.length ? [...told, `… and ${refused - sample.length} more`] : told
}

const reasonRows = (excluded: Partial<Record<ExclusionReason, number>>) => Object.entries(excluded).map(([reason, count]) => [`  not counted: ${reason}`, String(count)])
const foundFields = (found: ImportFound | null) => ({
  encoding: found?.encoding ?? null,
  separator: found?.separator ?? null,
  decimal: found?.decimal ?? null,
  dates: found?.dates ?? null,
  cut: found?.cut ?? null,
})
const foundText = ({ encoding, separator, decimal, dates }: ImportFound) => `${encoding}, separated by ${separator}, decimal ${decimal}, dates ${dates ?? "none"}`
