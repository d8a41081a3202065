import type { SalesFrame } from "../domain/demand/sales-frame"
import type { SalesHistory } from "../domain/demand/sales-history"
import { plural } from "./plural"

/** What was counted while the lines were read. */
export interface SalesCounts {
  rows: number
  returns: number
  freePrices: number
  isWhole: boolean
  onlyFirstsOfMonth: boolean
}

/** What people should know of how their file was read. */
export function salesNotes({ returns, freePrices, onlyFirstsOfMonth, rows }: SalesCounts, { calendar: { frequency }, periods, oneWeekday, cutBefore }: SalesFrame, { negativePeriods, openRows }: SalesHistory): string[] {
  const notes: string[] = []
  if (returns > 0) {
    const below = negativePeriods > 0 ? `; ${plural(negativePeriods, "period in which more came back than was sold counts", "periods in which more came back than was sold count")} as 0` : ""
    notes.push(`${plural(returns, "row has", "rows have")} a negative quantity: returns, taken off what was sold in their period${below}`)
  }
  if (freePrices > 0) notes.push(`${plural(freePrices, "row has", "rows have")} a price of 0: read as not known`)
  if (openRows > 0) notes.push(`${plural(openRows, "row", "rows")} up to the last period of the file without a quantity: demand unknown there`)
  if (cutBefore !== null) notes.push(`the history is long: only ${plural(periods.length, "period", "periods")} from ${cutBefore} on are used`)
  if (rows > 1 && periods.length > 1) {
    if (onlyFirstsOfMonth && frequency !== "month") notes.push(`all dates are the first of a month; with --frequency ${frequency} the time between them counts as zero sales (did you mean month?)`)
    else if (oneWeekday && frequency === "day" && periods.length > 7) notes.push("all dates fall on one weekday; with --frequency day the days between them count as zero sales (did you mean week?)")
  }
  return notes
}
