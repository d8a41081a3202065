import type { Day } from "../day"
import type { PathDraws } from "../demand/path-draws"
import type { Frequency } from "../demand/types"
import { weekdayProfile } from "../demand/weekday-profile"
import { ForesightError } from "../errors"
import { drawOutlook } from "./demand-outlook"
import { mergeSettings } from "./replenishment-settings"
import type { DemandOutlook, ReplenishmentSettings } from "./types"

/** Days of sales behind the weekday profile and the look whether an item sells in parts of a unit. */
export const SALES_PATTERN_DAYS = 182

/** What all outlooks of a day share. */
export interface SalesPattern {
  /** Share of a week's units per weekday, Monday first, shape `[7]`, sum 1. */
  weekdayProfile: number[]
  /** Variants that were sold in parts of a unit. */
  soldInParts: ReadonlySet<string>
}

/** The pattern in the shop's sales of the last `SALES_PATTERN_DAYS` days. @param inStock As for `weekdayProfile()`. */
export function salesPattern(rows: readonly { variantId: string; day: Day; units: number }[], inStock?: readonly number[]): SalesPattern {
  return { weekdayProfile: weekdayProfile(rows, inStock), soldInParts: new Set(rows.filter(({ units }) => !Number.isInteger(units)).map(({ variantId }) => variantId)) }
}

/** Weekly forecast of one variant at one location, as it is stored. */
interface VariantForecast {
  variantId: string
  /** First day of the first week. */
  firstDay: Day
  frequency: Frequency
  /** Units a week, shape `[horizon]`. */
  mean: readonly number[]
  /** Units at `QUANTILE_LEVELS`, row-major, shape `[horizon × levels]`. */
  quantiles: readonly number[]
  correlation: number
  historyWeeks: number
  modelVersionId: string | null
  /** Users who set it by hand, already applied. */
  overriddenBy?: readonly string[]
}

export interface AssembleOutlookInput {
  inventoryItemId: string
  locationId: string
  /** Today in the shop's time zone. */
  day: Day
  /** Variants that use the item and are advised on. */
  uses: readonly { variantId: string; requiredQuantity: number }[]
  /** Forecasts at this location; those of other variants are left out. */
  forecasts: readonly VariantForecast[]
  pattern: SalesPattern
  /** The item's own settings here; `null` or missing: the default holds. */
  own: { [name in keyof ReplenishmentSettings]?: number | null } | null
  defaults: ReplenishmentSettings
  /** Whether the stock at hand is a guess. */
  isStockAssumed: boolean
  draws: PathDraws
}

/** The outlook of one inventory item at one location from what is stored: the night and a change of settings get the same answer from the same rows.
 * @throws ForesightError `invalid_model` for a forecast that is not weekly, `invalid_series` for one that begins after `day`, `invalid_settings`.
 */
export function assembleOutlook(input: AssembleOutlookInput): DemandOutlook {
  const { inventoryItemId, locationId, day, uses, forecasts, pattern, own, defaults, isStockAssumed, draws } = input
  const forecastOf = new Map(forecasts.map((forecast) => [forecast.variantId, forecast]))
  // in one order, so that each variant draws from the same stream whoever asks
  const parts = [...uses].sort((one, two) => (one.variantId < two.variantId ? -1 : 1)).flatMap(({ variantId, requiredQuantity }) => {
    const forecast = forecastOf.get(variantId)
    return forecast ? [{ forecast, requiredQuantity }] : []
  })
  const { settings, assumed } = mergeSettings(own, defaults)
  return drawOutlook({
    inventoryItemId,
    locationId,
    day,
    forecastFrom: parts[0]?.forecast.firstDay ?? day,
    parts: parts.map(({ forecast, requiredQuantity }) => ({ forecast: weekly(forecast, locationId), requiredQuantity, correlation: forecast.correlation })),
    weekdayProfile: pattern.weekdayProfile,
    settings,
    assumed: isStockAssumed ? [...assumed, "openingStock"] : assumed,
    overriddenBy: [...new Set(parts.flatMap(({ forecast }) => forecast.overriddenBy ?? []))].sort(),
    wholeUnits: uses.every(({ variantId, requiredQuantity }) => Number.isInteger(requiredQuantity) && !pattern.soldInParts.has(variantId)),
    modelVersionId: parts[0]?.forecast.modelVersionId ?? null,
    historyWeeks: parts.reduce((most, { forecast }) => Math.max(most, forecast.historyWeeks), 0),
    draws,
  })
}

function weekly({ variantId, frequency, mean, quantiles }: VariantForecast, locationId: string) {
  if (frequency !== "week") throw new ForesightError("invalid_model", `the forecast of ${variantId} is per ${frequency}; expected week`)
  return { seriesId: `${variantId}@${locationId}`, mean: Float64Array.from(mean), quantiles: Float64Array.from(quantiles) }
}
