import type { Day } from "../domain/day"
import type { DemandSeries } from "../domain/demand/types"
import { plural } from "./plural"

/** So many times what a period with a sale usually sells is taken for a slip, or a story of its own. */
const FAR_BEYOND = 100
/** Other periods with a sale that say what is usual. */
const LEAST_SALES = 5
/** Series that are named. */
const NAMED = 3

/** Collects series whose forecast may surprise, and names some of them, since only their owner knows whether the file is right. */
export class OddSeries {
  private readonly unsold = new Named()
  private readonly spikes = new Named()

  constructor(private readonly periods: readonly Day[]) {}

  take(series: DemandSeries): void {
    if (neverSold(series)) this.unsold.add(series.seriesId)
    const spike = spikeOf(series)
    if (spike) this.spikes.add(`${series.seriesId} with ${spike.units} on ${this.periods[spike.period]}`)
  }

  notes(): string[] {
    const { unsold, spikes } = this
    const notes: string[] = []
    if (unsold.count > 0) notes.push(`${plural(unsold.count, "item has", "items have")} no sale at all (${unsold.text()}): hardly anything is forecast`)
    if (spikes.count > 0) {
      notes.push(`${plural(spikes.count, "item has", "items have")} a period far beyond all others (${spikes.text()}): it counts as sold and raises means and upper levels; empty its quantity if it was a mistake`)
    }
    return notes
  }
}

class Named {
  count = 0
  private readonly names: string[] = []

  add(name: string): void {
    if (this.count++ < NAMED) this.names.push(name)
  }

  text(): string {
    return `${this.names.join(", ")}${this.count > NAMED ? `, and ${this.count - NAMED} more` : ""}`
  }
}

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
