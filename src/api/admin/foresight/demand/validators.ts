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

export const NewcomersQuery = z.object({ ...paging, variant_id: id.optional() }).strict()
export type NewcomersQuery = z.output<typeof NewcomersQuery>

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

export const ReplacementsQuery = z
  .object({ ...paging, state: z.enum(["active", "ended"]).default("active"), variant_id: id.optional().describe("on either side") })
  .strict()
export type ReplacementsQuery = z.output<typeof ReplacementsQuery>

export const ReplacementBody = z
  .object({
    variant_id: id.describe("the one that inherits"),
    replaced_variant_id: id.describe("the one whose sales it inherits; it is ordered no more"),
    from_day: day.describe("first day on which it stands in the other's place; today or earlier"),
  })
  .strict()
export type ReplacementBody = z.output<typeof ReplacementBody>

/** Either another price or a promotion. */
export const WhatIfQuery = z
  .object({
    variant_id: id,
    location_id: id.optional().describe("all of them together unless named"),
    price_change: z.coerce
      .number()
      .min(-0.9)
      .max(2)
      .refine((change) => change !== 0, "expected another price")
      .optional()
      .describe("relative: -0.1 for 10% lower"),
    promotion: z.enum(["true"]).optional().describe("instead: a promotion like those before"),
    weeks: z.coerce.number().int().min(1).max(26).default(4).describe("from the forecast's first day on"),
  })
  .strict()
  .refine(({ price_change: change, promotion }) => (change === undefined) !== (promotion === undefined), "expected either `price_change` or `promotion=true`")
export type WhatIfQuery = z.output<typeof WhatIfQuery>
