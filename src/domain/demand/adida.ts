import { aggregatedLevels, meanInterval } from "./aggregated-levels"
import { knownValues, levelsAt } from "./known-values"
import { levelMember } from "./level-member"
import type { DemandSeries } from "./types"

/** Level of a series before each period, from sums over as many periods as lie between its sales: they hold fewer zeros. */
export function adidaLevels(series: DemandSeries, origin: number, index: Float64Array | null = null): Float64Array {
  const { values, seen } = knownValues(series, origin, index)
  return levelsAt(seen, aggregatedLevels(values, meanInterval(values)))
}

/** Aggregate–disaggregate intermittent demand approach. @see Nikolopoulos et al. (2011), J. Oper. Res. Soc. 62(3). */
export const adida = levelMember("adida", adidaLevels)
