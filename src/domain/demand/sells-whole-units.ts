import type { DemandPanel } from "./types"

/** Per series of the panel whether it sells whole units: its quantiles are then whole numbers, too. It does where most periods with sales before the origin are
 * of whole units, what was made up for time out of stock aside; what has not sold yet is taken for what most of the panel is. */
export function sellsWholeUnits(panel: DemandPanel, origin: number): boolean[] {
  const counts = panel.series.map(({ units, madeUp, firstPeriod }) => {
    let [whole, sold] = [0, 0]
    for (let period = Math.max(0, firstPeriod); period < origin; period++) {
      const value = units[period] ?? NaN
      if (!(value > 0) || (madeUp?.[period] ?? 0) > 0) continue
      sold++
      if (Number.isInteger(value)) whole++
    }
    return { whole, sold }
  })
  const total = (of: "whole" | "sold") => counts.reduce((sum, count) => sum + count[of], 0)
  const most = total("whole") * 2 > total("sold")
  return counts.map(({ whole, sold }) => (sold > 0 ? whole * 2 > sold : most))
}
