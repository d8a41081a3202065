import type { StoredForecast } from "../src/database/stores/forecast-store"
import { QUANTILE_LEVELS, type DemandPanel } from "../src/domain/demand/types"

/** Forecasts of variants that others have replaced: nothing more is expected of them, so that their stock is not ordered again. All weeks of the panel
 * count as known:
 * that nothing comes is no lack of history. */
export function retiredForecasts(
  panel: DemandPanel,
  run: Pick<StoredForecast, "firstDay" | "horizon" | "modelVersionId" | "computedAt">
): StoredForecast[] {
  return (panel.retired ?? []).map(({ seriesId }): StoredForecast => {
    const at = seriesId.lastIndexOf("@")
    return {
      ...run,
      variantId: seriesId.slice(0, at),
      locationId: seriesId.slice(at + 1),
      frequency: panel.frequency,
      mean: new Array<number>(run.horizon).fill(0),
      quantiles: new Array<number>(run.horizon * QUANTILE_LEVELS.length).fill(0),
      correlation: 0,
      historyWeeks: panel.periods.length,
      reasons: null,
    }
  })
}
