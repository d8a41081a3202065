import type { DemandPanel } from "../domain/demand/types"
import type { SalesPanel } from "../domain/demand/sales-panel"
import { neverSold, spikeOf } from "./odd-series"

/** Series that are named. */
const NAMED = 3

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
  return [...notes, ...oddSeries(panel)]
}

/** Series whose forecast may surprise: named, since only their owner knows whether the file is right. */
function oddSeries({ series, periods }: DemandPanel): string[] {
  const unsold = series.filter(neverSold).map(({ seriesId }) => seriesId)
  const spikes = series.flatMap((one) => {
    const spike = spikeOf(one)
    return spike ? [`${one.seriesId} with ${spike.units} on ${periods[spike.period]}`] : []
  })
  const notes: string[] = []
  if (unsold.length > 0) notes.push(`${plural(unsold.length, "item has", "items have")} no sale at all (${some(unsold)}): hardly anything is forecast`)
  if (spikes.length > 0) {
    notes.push(`${plural(spikes.length, "item has", "items have")} a period far beyond all others (${some(spikes)}): it counts as sold and raises means and upper levels; empty its quantity if it was a mistake`)
  }
  return notes
}

const some = (names: readonly string[]) => `${names.slice(0, NAMED).join(", ")}${names.length > NAMED ? `, and ${names.length - NAMED} more` : ""}`
