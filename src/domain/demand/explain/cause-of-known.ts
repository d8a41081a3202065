import type { DemandCause } from "../types"

/** The cause that a column known ahead stands for, by its name: a planned price, or something of the calendar (holidays, promotions, events). */
export function causeOfKnown(name: string): DemandCause {
  return /price|discount/i.test(name) ? "price" : "calendar"
}
