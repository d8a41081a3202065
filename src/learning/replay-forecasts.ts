import { setImmediate as nextTurn } from "node:timers/promises"
import type { DemandModel, DemandPanel } from "../domain/demand"
import { isKnownBefore } from "../domain/demand/backtest-scores"
import { QUANTILE_LEVELS } from "../domain/demand/types"
import { ForesightError } from "../domain/errors"
import type { ReplayedPeriod } from "../domain/training"
import type { TrainingWatch } from "./training-watch"

/** Forecasts each of the last `periods` periods from what precedes it.
 * @param model Must have learnt nothing from them.
 * @throws ForesightError `canceled` when the watch says so. */
export async function replayForecasts(
  panel: DemandPanel,
  model: DemandModel,
  { periods, horizon }: { periods: number; horizon: number },
  watch: Pick<TrainingWatch, "onProgress" | "shouldStop">
): Promise<ReplayedPeriod[]> {
  const first = Math.max(1, panel.periods.length - periods)
  const replays: ReplayedPeriod[] = []
  for (let at = first; at < panel.periods.length; at++) {
    watch.onProgress({ stage: "looking back", step: at - first, steps: panel.periods.length - first })
    await nextTurn()
    if (watch.shouldStop()) throw new ForesightError("canceled", `looking back was stopped after ${at - first} of ${panel.periods.length - first} periods`)
    const forecasts = model.forecast(panel, at, horizon).flatMap(({ seriesId, mean, quantiles }, index) => {
      const series = panel.series[index]
      if (!series || !isKnownBefore(series, at)) return []
      return [{ seriesId, mean: mean.slice(0, 1), quantiles: quantiles.slice(0, QUANTILE_LEVELS.length) }]
    })
    replays.push({ firstDay: panel.periods[at] ?? "", forecasts })
  }
  return replays
}
