import { chooseLevelSettings } from "../../domain/demand/boosted/level-settings"
import { YEAR_PERIODS, type LevelSettings } from "../../domain/demand/boosted/demand-history"
import { targetWindows } from "../../domain/demand/boosted/training-table"
import type { DemandPanel, Frequency } from "../../domain/demand/types"
import type { NetName } from "./net-names"

/** What fixes a net's shape and how its inputs are made. */
export interface NetSpec {
  name: NetName
  frequency: Frequency
  /** Periods ahead it forecasts. */
  horizon: number
  /** Single periods of the horizon, then the sums: periods `origin + from … origin + to − 1`. */
  windows: readonly { from: number; to: number }[]
  /** Past periods it reads. */
  context: number
  /** Level and season that demand is divided by, as for the trees. */
  settings: LevelSettings
  /** Whether the year before is one. */
  yearAgo: boolean
  prices: boolean
  /** Category (`null`) and static columns with a learned vector a value. */
  categorical: readonly { name: string | null; values: readonly string[] }[]
  /** Columns known ahead, with what brings them to at most 1. */
  known: readonly { name: string; largest: number }[]
}

const CONTEXT: Record<Frequency, number> = { day: 56, week: 28, month: 24 }
/** Years of history from which on the year before is an input. */
const SEASON_YEARS = 1.5
/** Series that a value needs to get a vector of its own, and values at most, the commonest first. */
const FEWEST_SERIES = 3
const MOST_VALUES = 500

/** The spec of a net for a panel whose first `limit` periods may be read. @param sums Numbers of first periods whose total is forecast too. */
export function netSpec(name: NetName, panel: DemandPanel, limit: number, horizon: number, sums: readonly number[]): NetSpec {
  const year = YEAR_PERIODS[panel.frequency]
  const columns = [{ name: null, values: panel.series.map(({ category }) => category) }, ...(panel.statics ?? [])]
  return {
    name,
    frequency: panel.frequency,
    horizon,
    windows: targetWindows(horizon, sums.filter((periods) => periods <= horizon)),
    context: CONTEXT[panel.frequency],
    settings: chooseLevelSettings(panel, limit, horizon),
    yearAgo: limit > SEASON_YEARS * year,
    prices: panel.series.some(({ price }) => price.subarray(0, limit).some((value) => value > 0)),
    categorical: columns.flatMap((column) => {
      const values = commonest(column.values)
      return values.length > 1 ? [{ name: column.name, values }] : []
    }),
    known: (panel.known ?? []).map((column) => ({ name: column.name, largest: largestOf(column.values, limit) })),
  }
}

function commonest(values: readonly (string | null)[]): string[] {
  const counts = new Map<string, number>()
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  const sorted = [...counts].filter(([, count]) => count >= FEWEST_SERIES).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  return sorted.slice(0, MOST_VALUES).map(([value]) => value)
}

function largestOf(columns: readonly Float64Array[], limit: number): number {
  let largest = 0
  for (const column of columns) for (let period = 0; period < limit; period++) largest = Math.max(largest, Math.abs(column[period] ?? 0) || 0)
  return largest
}
