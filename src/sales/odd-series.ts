import type { DemandSeries } from "../domain/demand/types"

/** So many times what a period with a sale usually sells is taken for a slip, or a story of its own. */
const FAR_BEYOND = 100
/** Other periods with a sale that say what is usual. */
const LEAST_SALES = 5

/** A period that sold far more than all others of its series. */
export interface Spike {
  /** Index in the panel's periods. */
  period: number
  units: number
}

/** Whether nothing was sold in any period of which something is known. */
export function neverSold({ units }: DemandSeries): boolean {
  return !units.some((value) => value > 0)
}

/** The one period with a hundred times the mean of the other periods with a sale, five of them at least; `null` where there is none. */
export function spikeOf({ units }: DemandSeries): Spike | null {
  let [period, most, sum, sales] = [-1, 0, 0, 0]
  for (const [at, value] of units.entries()) {
    if (!(value > 0)) continue
    sum += value
    sales++
    if (value > most) [period, most] = [at, value]
  }
  const others = sales - 1
  return others >= LEAST_SALES && most >= (FAR_BEYOND * (sum - most)) / others ? { period, units: most } : null
}
