import { sampleIndexes } from "./sample-indexes"
import type { DemandPanel } from "./types"

/** Some series of a panel over the same calendar; nothing is copied. */
export function panelPart({ frequency, periods, series, known, statics }: DemandPanel, indexes: readonly number[]): DemandPanel {
  const pick = <Value>(values: readonly Value[]) => indexes.map((index) => values[index] as Value)
  return {
    frequency,
    periods,
    series: pick(series),
    ...(known && { known: known.map(({ name, values, since }) => ({ name, values: pick(values), ...(since && { since: pick(since) }) })) }),
    ...(statics && { statics: statics.map(({ name, values }) => ({ name, values: pick(values) })) }),
  }
}

/** At most so many series of a panel, spread evenly over it and the same each time; the panel itself where it has no more. */
export function panelSample(panel: DemandPanel, most: number): DemandPanel {
  const count = panel.series.length
  return count <= most ? panel : panelPart(panel, sampleIndexes(count, most))
}
