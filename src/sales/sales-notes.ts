import type { SalesPanel } from "../domain/demand/sales-panel"

/** What was counted while the lines were read. */
export interface SalesCounts {
  rows: number
  returns: number
  freePrices: number
  isWhole: boolean
  onlyFirstsOfMonth: boolean
}

const plural = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`

/** What people should know of how their file was read. */
export function salesNotes({ returns, freePrices, onlyFirstsOfMonth, rows }: SalesCounts, { panel, negativePeriods, openRows, oneWeekday, cutBefore }: SalesPanel): string[] {
  const notes: string[] = []
  if (returns > 0) {
    const below = negativePeriods > 0 ? `; ${plural(negativePeriods, "period in which more came back than was sold counts", "periods in which more came back than was sold count")} as 0` : ""
    notes.push(`${plural(returns, "row has", "rows have")} a negative quantity: returns, taken off what was sold in their period${below}`)
  }
  if (freePrices > 0) notes.push(`${plural(freePrices, "row has", "rows have")} a price of 0: read as not known`)
  if (openRows > 0) notes.push(`${plural(openRows, "row", "rows")} up to the last period of the file without a quantity: demand unknown there`)
  if (cutBefore !== null) notes.push(`the history is long: only ${plural(panel.periods.length, "period", "periods")} from ${cutBefore} on are used`)
  if (rows > 1 && panel.periods.length > 1) {
    if (onlyFirstsOfMonth && panel.frequency !== "month") notes.push(`all dates are the first of a month; with --frequency ${panel.frequency} the time between them counts as zero sales (did you mean month?)`)
    else if (oneWeekday && panel.frequency === "day" && panel.periods.length > 7) notes.push("all dates fall on one weekday; with --frequency day the days between them count as zero sales (did you mean week?)")
  }
  return notes
}
