import type { DemandOverrideAnswer } from "../../src/api/answers"
import { addDays } from "./add-days"

/** A forecast to be set by hand; one of the two numbers. */
export type OverrideWish = Pick<DemandOverrideAnswer, "variant_id" | "location_id" | "from_day" | "to_day"> & { units_per_week?: number; factor?: number; note?: string }

/** What stands in the form. */
export interface OverrideForm {
  locationId: string
  from: string
  to: string
  /** Units a week, or percent of the forecast. */
  kind: "units" | "percent"
  text: string
  note: string
}
export type OverrideProblem = "number" | "days"

const LARGEST: Record<OverrideForm["kind"], number> = { units: 1e9, percent: 10_000 }

/** The form as it opens: the four weeks of the forecast, nothing said yet. */
export const emptyOverride = (firstDay: string, locationId: string): OverrideForm => ({ locationId, from: firstDay, to: addDays(firstDay, 27), kind: "units", text: "", note: "" })

/** What the form asks for, or what is wrong with it. A comma counts as the decimal point. */
export function readOverride({ locationId, from, to, kind, text, note }: OverrideForm, variantId: string): { wish: OverrideWish } | { problem: OverrideProblem } {
  const trimmed = text.trim()
  const value = /^\d*[.,]?\d+$|^\d+[.,]$/.test(trimmed) ? Number(trimmed.replace(",", ".")) : NaN
  if (!(value >= 0 && value <= LARGEST[kind])) return { problem: "number" }
  if (from === "" || to === "" || to < from) return { problem: "days" }
  const wish = { variant_id: variantId, location_id: locationId, from_day: from, to_day: to, ...(note.trim() !== "" && { note: note.trim() }) }
  return { wish: kind === "units" ? { ...wish, units_per_week: value } : { ...wish, factor: Number((value / 100).toPrecision(12)) } }
}
