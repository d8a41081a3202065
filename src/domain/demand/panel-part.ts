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
