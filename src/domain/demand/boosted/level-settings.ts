import { SEASON_PERIODS } from "../class-of"
import { sampleIndexes } from "../sample-indexes"
import type { DemandPanel } from "../types"
import { DemandHistory, type LevelSettings } from "./demand-history"

const ALPHAS = [0.1, 0.2, 0.3, 0.5] as const
const OWN_SEASONS = [0, 0.5, 1] as const
/** Seasons that must be known before demand is divided by one. */
const SEASONS_KNOWN = 1.5
/** Most series that are looked at. */
const MOST_SERIES = 2000
const BLOCKS = 2
const FLOOR = 0.05

/** The level whose flat forecast (times its season) was least wrong, in units, on the last two blocks before `limit`. */
export function chooseLevelSettings(panel: DemandPanel, limit: number, horizon: number): LevelSettings {
  const seasons: (number | null)[] = limit - BLOCKS * horizon > SEASONS_KNOWN * SEASON_PERIODS[panel.frequency] ? [null, ...OWN_SEASONS] : [null]
  const sample = sampleIndexes(panel.series.length, MOST_SERIES)
  const floor = floorOf(panel, limit)
  let best: LevelSettings = { alpha: ALPHAS[1], ownSeason: null, floor }
  let least = Infinity
  for (const ownSeason of seasons) {
    for (const alpha of ALPHAS) {
      const history = new DemandHistory(panel, { alpha, ownSeason, floor })
      let [loss, scored] = [0, 0]
      for (let block = 1; block <= BLOCKS; block++) {
        const origin = limit - block * horizon
        if (origin < 1) continue
        for (const index of sample) {
          const series = panel.series[index]
          if (!series || series.firstPeriod >= origin) continue
          const level = history.levelAt(index, origin)
          for (let ahead = 0; ahead < horizon; ahead++) {
            const error = (series.units[origin + ahead] ?? NaN) - level * history.factorsAt(index, origin, ahead).index
            if (Number.isNaN(error)) continue
            loss += Math.abs(error)
            scored++
          }
        }
      }
      if (scored > 0 && loss < least) {
        least = loss
        best = { alpha, ownSeason, floor }
      }
    }
  }
  return best
}

/** A twentieth of a unit, or of the mean sale where sales are of parts of a unit. */
function floorOf(panel: DemandPanel, limit: number): number {
  let [size, sales] = [0, 0]
  for (const { units, firstPeriod } of panel.series) {
    for (let period = firstPeriod; period < limit; period++) {
      const sold = units[period] ?? 0
      if (!(sold > 0)) continue
      size += sold
      sales++
    }
  }
  return FLOOR * (sales > 0 ? Math.min(1, size / sales) : 1)
}
