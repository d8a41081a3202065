import type { Stores } from "../src/database/stores"
import { HISTORY_LEVELS, type PastForecast } from "../src/database/stores/forecast-history-store"
import { addDays, type Day } from "../src/domain/day"
import { seriesPlace } from "../src/domain/demand/series-place"
import { QUANTILE_LEVELS } from "../src/domain/demand/types"
import type { ReplayedPeriod } from "../src/domain/training"

/** Weeks that are forecast afterwards where no forecast was kept in time. */
const REPLAY_WEEKS = 8
const ROWS_AT_ONCE = 500
const WEEK = 7
const COLUMNS = HISTORY_LEVELS.map((level) => QUANTILE_LEVELS.indexOf(level))

/** How many past weeks a training is asked to forecast as if they were still ahead: none once a forecast kept in time can be compared with what happened. */
export async function weeksToReplay(stores: Pick<Stores, "forecastHistory">, today: Day): Promise<number> {
  const first = await stores.forecastHistory.firstDay()
  return first === null || addDays(first, WEEK) > today ? REPLAY_WEEKS : 0
}

/** Keeps replayed forecasts, marked as such, but for weeks that reach into one whose forecast was kept in time. Safe to repeat: a second time writes the same rows. */
export async function keepReplays(
  stores: Pick<Stores, "forecastHistory">,
  replays: readonly ReplayedPeriod[],
  version: { modelVersionId: string; computedAt: Date }
): Promise<void> {
  const kept = await stores.forecastHistory.firstDay()
  for (const { firstDay, forecasts } of replays) {
    if (kept !== null && kept > firstDay && kept < addDays(firstDay, WEEK)) continue
    const rows = forecasts.flatMap(({ seriesId, mean, quantiles }): PastForecast[] => {
      const place = seriesPlace(seriesId)
      if (!place) return []
      return [
        {
          ...place,
          firstDay,
          mean: [...mean.subarray(0, 1)],
          quantiles: COLUMNS.map((column) => quantiles[column] ?? 0),
          isReplayed: true,
          ...version,
        },
      ]
    })
    for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) await stores.forecastHistory.keep(rows.slice(start, start + ROWS_AT_ONCE))
  }
}
