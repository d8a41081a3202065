import { resolve } from "node:path"
import { periodsAfter } from "../domain/demand/period-calendar"
import type { SumForecast } from "../domain/demand/types"
import { ForesightError } from "../domain/errors"
import { AUTO_MODEL, demandModelNames } from "../learning/auto-demand"
import { forecastInPieces, type PiecewiseForecast } from "../learning/forecast-pieces"
import type { RefusedItem, SalesTable } from "../sales/read-sales"
import { headerLine, parseQuantiles, parseSums, periodLines, periodRows, reasonsHeader, reasonsLine, sumLines, sumRows, type RowLayout } from "./forecast-rows"
import { fileWriter, stdoutWriter, type RowWriter } from "./forecast-writer"
import { EXIT, printJson, say } from "./output"
import { createProgress } from "./progress"
import { readSalesInput, type SalesInputOptions } from "./sales-input"
import { stopOnInterrupt } from "./stop-on-interrupt"

export interface ForecastOptions extends SalesInputOptions {
  json: boolean
  seed: number
  quantiles: string
  model: string
  /** `true`: the sum over the horizon; text: numbers of first periods. */
  sum?: string | boolean
  sumOut?: string
  /** File for what each item's total is made of. */
  explain?: string
  out?: string
}

/** Refusals that are told one by one. */
const TOLD = 20

/** Forecasts every item of a sales file, without store or database. */
export async function forecastFile(fileName: string, options: ForecastOptions): Promise<number> {
  const started = Date.now()
  const levels = parseQuantiles(options.quantiles)
  const sums = parseSums(options.sum, options.horizon)
  checkModel(options.model)
  if (options.sumOut !== undefined && sums.length === 0) throw new ForesightError("invalid_options", "--sum-out needs --sum; expected e.g. --sum 1,2,4")
  const outputs = openOutputs(options, sums.length > 0) // first: a folder that is not there must not cost a fit
  const progress = createProgress()
  const giveUp = () => [outputs.main, outputs.sums, outputs.reasons].forEach((writer) => writer?.abort())
  const interrupt = stopOnInterrupt("the forecast", giveUp)
  let closing: (() => void) | null = null
  try {
    const table = await readSalesInput(fileName, options, progress)
    closing = table.close
    const { source } = table
    if (source.count === 0) {
      tellRefused(table.refused)
      throw new ForesightError("too_little_data", `${fileName} has no item that can be forecast`)
    }
    const { horizon, seed, model } = options
    const onProgress = ({ stage, step, steps }: { stage: string; step: number; steps: number }) => progress.update(stage, step, steps)
    const found = await forecastInPieces(source, { horizon, sums, seed, model, explain: outputs.reasons !== null, onProgress, shouldStop: interrupt.shouldStop })
    const layout: RowLayout = { levels, frequency: options.frequency, dates: periodsAfter(options.frequency, source.periods, horizon), hasLocations: table.hasLocations, isWhole: table.isWhole }
    const written = await writeForecasts(found, table, layout, outputs)
    progress.stop()
    const refused = [...table.refused, ...written.refused]
    tellRefused(refused)
    const seconds = (Date.now() - started) / 1000
    tell({ table, options, found, count: table.items.length - written.refused.length, refused, seconds, rows: outputs.rows })
    return EXIT.done
  } catch (error) {
    giveUp()
    throw error
  } finally {
    closing?.()
    interrupt.dispose()
    progress.stop()
  }
}

/** @throws ForesightError `invalid_options` for a name that no model has. */
export function checkModel(name: string): void {
  if (!demandModelNames().includes(name)) throw new ForesightError("invalid_options", `--model is ${JSON.stringify(name)}; expected one of ${demandModelNames().join(", ")}`)
}

interface Outputs {
  /** What the main output holds. */
  of: "date" | "horizon"
  main: RowWriter | null
  /** Sums beside the periods. */
  sums: RowWriter | null
  /** What each item's total is made of. */
  reasons: RowWriter | null
  /** Kept for `--json` without `--out`, else `null`. */
  rows: Record<string, unknown>[] | null
}

function openOutputs({ json, out, sumOut, explain }: ForecastOptions, hasSums: boolean): Outputs {
  const files = [out, sumOut, explain].flatMap((file) => (file === undefined ? [] : [resolve(file)]))
  if (new Set(files).size < files.length) throw new ForesightError("invalid_options", "--out, --sum-out and --explain name one file twice; expected a file for each")
  const isKept = json && out === undefined
  const opened: RowWriter[] = []
  const open = (writer: RowWriter) => {
    opened.push(writer)
    return writer
  }
  try {
    return {
      of: hasSums && sumOut === undefined ? "horizon" : "date",
      main: isKept ? null : open(out === undefined ? stdoutWriter() : fileWriter(out)),
      sums: sumOut === undefined ? null : open(fileWriter(sumOut)),
      reasons: explain === undefined ? null : open(fileWriter(explain)),
      rows: isKept ? [] : null,
    }
  } catch (error) {
    for (const writer of opened) writer.abort()
    throw error
  }
}

/** Writes piece by piece. */
async function writeForecasts({ pieces }: PiecewiseForecast, { items }: SalesTable, layout: RowLayout, outputs: Outputs): Promise<{ refused: RefusedItem[] }> {
  const { of, main, sums, rows } = outputs
  const refused: RefusedItem[] = []
  await main?.write(headerLine(layout, of))
  await sums?.write(headerLine(layout, "horizon"))
  await outputs.reasons?.write(reasonsHeader(layout))
  for await (const { indexes, forecasts, reasons, explained, lenders } of pieces) {
    for (const [at, index] of indexes.entries()) {
      const [item, forecast] = [items[index], forecasts[at]]
      if (!item) continue
      if (!forecast) {
        refused.push({ ...item, reason: reasons[at] ?? "the model has no forecast for it" })
        continue
      }
      const totals: readonly SumForecast[] = forecast.sums ?? []
      rows?.push(...(of === "horizon" ? sumRows(item, totals, layout) : periodRows(item, forecast, layout)))
      await main?.write(of === "horizon" ? sumLines(item, totals, layout) : periodLines(item, forecast, layout))
      await sums?.write(sumLines(item, totals, layout))
      const parts = explained[at]
      if (parts) await outputs.reasons?.write(reasonsLine(item, parts, lenders[at] ?? null, layout))
    }
  }
  await main?.close()
  await sums?.close()
  await outputs.reasons?.close()
  return { refused }
}

const named = ({ itemId, locationId }: RefusedItem) => (locationId === null ? `item ${itemId}` : `item ${itemId} at ${locationId}`)

function tellRefused(refused: readonly RefusedItem[]): void {
  for (const item of refused.slice(0, TOLD)) say(`${named(item)} is not forecast: ${item.reason}`)
  if (refused.length > TOLD) say(`and ${refused.length - TOLD} more items`)
}

interface Told {
  table: SalesTable
  options: ForecastOptions
  found: PiecewiseForecast
  /** Items that were forecast. */
  count: number
  refused: readonly RefusedItem[]
  seconds: number
  rows: Record<string, unknown>[] | null
}

function tell({ table, options, found, count, refused, seconds, rows }: Told): void {
  const { periods } = table.source
  if (options.json) {
    printJson({
      model: options.model,
      ...{ frequency: options.frequency, horizon: options.horizon, from: periods[0], to: periods.at(-1), items: count },
      refused: refused.map(({ itemId, locationId, reason }) => ({ item_id: itemId, ...(table.hasLocations && { location_id: locationId }), reason })),
      notes: table.notes,
      choice: found.choice && { weights: found.choice.weights, losses: found.choice.losses, reasons: found.choice.reasons, series: found.fittedOn },
      seconds,
      ...(rows ? { forecasts: rows } : { out: options.out, ...(options.sumOut !== undefined && { sum_out: options.sumOut }) }),
      ...(options.explain !== undefined && { explain: options.explain }),
    })
    return
  }
  for (const reason of found.choice?.reasons ?? []) say(reason)
  say(`${count} ${count === 1 ? "item" : "items"}, ${periods.length} ${periods.length === 1 ? "period" : "periods"} from ${periods[0]} to ${periods.at(-1)}, ${options.horizon} ahead by ${options.model === AUTO_MODEL ? "the best mix of models" : options.model}, ${seconds.toFixed(1)} s`)
}
