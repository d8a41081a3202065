import { stringify } from "csv-stringify/sync"
import { REASON_GROUPS, type ForecastReasons } from "../domain/demand/explain/explain-forecasts"
import { quantileAt } from "../domain/demand/quantile-at"
import type { DemandForecast, Frequency, SumForecast } from "../domain/demand/types"
import type { Day } from "../domain/day"
import { ForesightError } from "../domain/errors"
import { describeLenders, type LenderFacts } from "../domain/insight/describe-newcomer"
import { describeForecast } from "../domain/insight/describe-reasons"
import type { SalesItem } from "../sales/read-sales"

/** As in the help of the command line. */
const DEFAULT_QUANTILES = "0.1,0.5,0.9"
const [LOWEST, HIGHEST] = [0.001, 0.999]

/** Quantile levels from the command line, ascending. @throws ForesightError `invalid_options`, naming the first that is none. */
export function parseQuantiles(text: string): number[] {
  const levels = text.split(",").map((part) => {
    const level = part.trim() === "" ? NaN : Number(part)
    if (level >= LOWEST && level <= HIGHEST) return level
    throw new ForesightError("invalid_options", `--quantiles holds ${JSON.stringify(part.trim())}; expected levels from ${LOWEST} to ${HIGHEST} parted by commas, e.g. ${DEFAULT_QUANTILES}`)
  })
  return [...new Set(levels)].sort((a, b) => a - b)
}

/** Numbers of periods whose total is wanted. @param text As given to `--sum`; `true`: the whole horizon. @throws ForesightError `invalid_options`. */
export function parseSums(text: string | boolean | undefined, horizon: number): number[] {
  if (text === undefined || text === false) return []
  if (text === true) return [horizon]
  const sums = text.split(",").map((part) => {
    const periods = Number(part)
    if (part.trim() !== "" && Number.isInteger(periods) && periods >= 1 && periods <= horizon) return periods
    throw new ForesightError("invalid_options", `--sum holds ${JSON.stringify(part.trim())}; expected whole numbers from 1 to the horizon of ${horizon} parted by commas`)
  })
  return [...new Set(sums)].sort((a, b) => a - b)
}

/** How rows are written. */
export interface RowLayout {
  levels: readonly number[]
  frequency: Frequency
  /** First day of each future period. */
  dates: readonly Day[]
  hasLocations: boolean
  /** Quantiles of counts are whole numbers; means are not. */
  isWhole: boolean
}

const DECIMALS = 10_000
const rounded = (value: number) => Math.round(value * DECIMALS) / DECIMALS

/** The file's first line. @param of Whether a row is a future period or a sum of several. */
export function headerLine({ levels, hasLocations }: RowLayout, of: "date" | "horizon"): string {
  return `${["item_id", ...(hasLocations ? ["location_id"] : []), of, "mean", ...levels.map((level) => `q${level}`)].join(",")}\n`
}

/** One line a future period. */
export function periodLines(item: SalesItem, forecast: DemandForecast, layout: RowLayout): string {
  const key = keyOf(item, layout)
  return layout.dates.map((date, ahead) => line(key, date, forecast.mean[ahead] ?? 0, forecast.quantiles, ahead, layout)).join("")
}

/** One line a sum. */
export function sumLines(item: SalesItem, sums: readonly SumForecast[], layout: RowLayout): string {
  const key = keyOf(item, layout)
  return sums.map(({ periods, mean, quantiles }) => line(key, String(periods), mean, quantiles, 0, layout)).join("")
}

/** The first line of the file of reasons. */
export function reasonsHeader({ hasLocations }: RowLayout): string {
  return `${["item_id", ...(hasLocations ? ["location_id"] : []), "periods", "expected", "long_run", ...REASON_GROUPS, "sentence"].join(",")}\n`
}

/** What an item's total over the horizon is made of: `expected` is `periods × long_run` and all reasons, but for rounding; the sentence says the same in words, and from whom a newcomer borrows. */
export function reasonsLine(item: SalesItem, explained: ForecastReasons, lenders: LenderFacts | null, layout: RowLayout): string {
  const { periods, longRun, reasons } = explained
  const expected = reasons.reduce((sum, { units }) => sum + units, periods * longRun)
  return `${keyOf(item, layout)},${[periods, ...[expected, longRun, ...reasons.map(({ units }) => units)].map(rounded)].join(",")},${stringify([[`${describeForecast(explained, layout.frequency)}${lenders ? ` ${describeLenders(lenders)}` : ""}`]])}`
}

/** The same as objects, for `--json`. */
export function periodRows(item: SalesItem, forecast: DemandForecast, layout: RowLayout): Record<string, unknown>[] {
  return layout.dates.map((date, ahead) => ({ ...keyObject(item, layout), date, ...figures(forecast.mean[ahead] ?? 0, forecast.quantiles, ahead, layout) }))
}

/** The same as objects, for `--json`. */
export function sumRows(item: SalesItem, sums: readonly SumForecast[], layout: RowLayout): Record<string, unknown>[] {
  return sums.map(({ periods, mean, quantiles }) => ({ ...keyObject(item, layout), horizon: periods, ...figures(mean, quantiles, 0, layout) }))
}

const keyObject = ({ itemId, locationId }: SalesItem, { hasLocations }: RowLayout) => ({ item_id: itemId, ...(hasLocations && { location_id: locationId }) })
const keyOf = ({ itemId, locationId }: SalesItem, { hasLocations }: RowLayout) => stringify([[itemId, ...(hasLocations ? [locationId ?? ""] : [])]]).trimEnd()

function line(key: string, of: string, mean: number, quantiles: Float64Array, row: number, layout: RowLayout): string {
  return `${key},${of},${rounded(mean)},${quantilesOf(quantiles, row, layout).join(",")}\n`
}

function figures(mean: number, quantiles: Float64Array, row: number, layout: RowLayout): Record<string, number> {
  const values = quantilesOf(quantiles, row, layout)
  return { mean: rounded(mean), ...Object.fromEntries(layout.levels.map((level, at) => [`q${level}`, values[at] ?? 0])) }
}

function quantilesOf(quantiles: Float64Array, row: number, { levels, isWhole }: RowLayout): number[] {
  let least = 0
  return levels.map((level) => {
    const value = quantileAt(quantiles, row, level)
    return (least = Math.max(least, isWhole ? Math.round(value) : rounded(value))) // a model's rounding error must not make levels cross
  })
}
