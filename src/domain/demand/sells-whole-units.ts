import type { DemandPanel } from "./types"

/** Whether most known sales before the origin are of whole units: quantiles are then whole numbers, too. */
export function sellsWholeUnits(panel: DemandPanel, origin: number): boolean {
  let [whole, sold] = [0, 0]
  for (const { units, firstPeriod } of panel.series) {
    for (let period = firstPeriod; period < origin; period++) {
      const value = units[period] ?? NaN
      if (!(value > 0)) continue
      sold++
      if (Number.isInteger(value)) whole++
    }
  }
  return whole * 2 > sold
}
