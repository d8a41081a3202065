import type { StoredForecast } from "../src/database/stores/forecast-store"
import { seriesPlace } from "../src/domain/demand/series-place"
import { QUANTILE_LEVELS, type DemandPanel } from "../src/domain/demand/types"

/** Forecasts of variants that others have replaced: nothing more is expected of them, so that their stock is not ordered again. All weeks of the panel
 * count as known:
 * that nothing comes is no lack of history. */
export function retiredForecasts(
  panel: DemandPanel,
  run: Pick<StoredForecast, "firstDay" | "horizon" | "modelVersionId" | "computedAt">
): StoredForecast[] {
  return (panel.retired ?? []).flatMap(({ seriesId }): StoredForecast[] => {
    const place = seriesPlace(seriesId)
    const nothing = { mean: new Array<number>(run.horizon).fill(0), quantiles: new Array<number>(run.horizon * QUANTILE_LEVELS.length).fill(0), correlation: 0, reasons: null }
    return place ? [{ ...run, ...place, ...nothing, frequency: panel.frequency, historyWeeks: panel.periods.length }] : []
  })
}
