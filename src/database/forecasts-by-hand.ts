import type { Day } from "../domain/day"
import { applyOverrides } from "../domain/demand/apply-overrides"
import type { DemandOverride, DemandOverrideStore } from "./stores/demand-override-store"
import type { ForecastStore, StoredForecast } from "./stores/forecast-store"

/** A stored forecast with what was set by hand, and who did. */
export interface ForecastByHand extends StoredForecast {
  overriddenBy: string[]
}

/** Forecasts of some variants as advice is made from them: what people set by hand from `day` on is applied. */
export async function forecastsByHand(
  { forecasts, demandOverrides }: { forecasts: Pick<ForecastStore, "ofVariants">; demandOverrides: Pick<DemandOverrideStore, "active"> },
  variantIds: readonly string[],
  day: Day
): Promise<ForecastByHand[]> {
  const [stored, overrides] = await Promise.all([forecasts.ofVariants(variantIds), demandOverrides.active(day, variantIds)])
  return withOverrides(stored, overrides)
}

/** @param overrides Of any variants, oldest first. */
export function withOverrides<Forecast extends Pick<StoredForecast, "variantId" | "locationId" | "firstDay" | "frequency" | "mean" | "quantiles">>(
  forecasts: readonly Forecast[],
  overrides: readonly DemandOverride[]
): (Forecast & { overriddenBy: string[] })[] {
  const ofSeries = new Map<string, DemandOverride[]>()
  for (const override of overrides) {
    const key = `${override.variantId} ${override.locationId}`
    ofSeries.set(key, [...(ofSeries.get(key) ?? []), override])
  }
  return forecasts.map((forecast) => {
    const own = ofSeries.get(`${forecast.variantId} ${forecast.locationId}`) ?? []
    return { ...applyOverrides(forecast, own), overriddenBy: [...new Set(own.map(({ createdBy }) => createdBy))] }
  })
}
