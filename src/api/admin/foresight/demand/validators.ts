import { z } from "zod"
import { STORABLE } from "../../../../domain/events"
import { day } from "../validators"

const id = z.string().trim().min(1).max(200).regex(STORABLE, "expected no NUL character and no half character")
const level = z.enum(["shop", "category", "product", "variant"])
const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(20),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
}
const order = z
  .enum(["expected", "-expected", "sold", "-sold", "change", "-change", "uncertainty", "-uncertainty", "title", "-title"])
  .default("-expected")
  .describe("a leading minus: largest first; `uncertainty`: the band's width beside its mean")

export const DemandQuery = z
  .object({
    ...paging,
    level: level.default("product"),
    q: z.string().trim().max(200).regex(STORABLE, "expected no NUL character and no half character").optional().describe("part of a title or SKU"),
    demand_class: z.enum(["smooth", "erratic", "intermittent", "lumpy", "new", "dying"]).optional().describe("of variants"),
    order,
  })
  .strict()
export type DemandQuery = z.output<typeof DemandQuery>

export const DemandSeriesQuery = z.object({ level, id: id.describe("`all` for the shop, `none` for products without a category"), location_id: id.optional() }).strict()
export type DemandSeriesQuery = z.output<typeof DemandSeriesQuery>

export const OverridesQuery = z
  .object({ ...paging, state: z.enum(["active", "past"]).default("active"), variant_id: id.optional().describe("of active ones") })
  .strict()
export type OverridesQuery = z.output<typeof OverridesQuery>

const LONGEST_MS = 366 * 86_400_000

/** Either units a week or a factor. */
export const OverrideBody = z
  .object({
    variant_id: id,
    location_id: id,
    from_day: day,
    to_day: day,
    units_per_week: z.number().min(0).max(1e9).optional(),
    factor: z.number().min(0).max(100).optional(),
    note: z.string().trim().min(1).max(500).regex(STORABLE, "expected no NUL character and no half character").optional().describe("why, for whoever looks at it later"),
  })
  .strict()
  .refine(({ units_per_week: units, factor }) => (units === undefined) !== (factor === undefined), "expected either `units_per_week` or `factor`")
  .refine(({ from_day: from, to_day: to }) => from <= to, { path: ["to_day"], message: "expected `from_day` or later" })
  .refine(({ from_day: from, to_day: to }) => Date.parse(to) - Date.parse(from) < LONGEST_MS, { path: ["to_day"], message: "expected a year after `from_day` at most" })
export type OverrideBody = z.output<typeof OverrideBody>
