import { z } from "zod"
import { STORABLE } from "../../../domain/events"
import { MODEL_KINDS } from "../../../domain/training"

const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
}
/** Postgres knows no year 0. */
export const day = z.iso.date("expected YYYY-MM-DD").refine((given) => given >= "0001", "expected a day of year 1 or later")
const text = z.string().trim().max(200).regex(STORABLE, "expected no NUL character and no half character")

const adviceFilter = {
  q: text.optional(),
  status: z.enum(["order", "not_due", "surplus", "too_few_sales"]).optional(),
  location_id: text.optional(),
}
/** Columns the advice list can be sorted by; a leading minus means descending. */
const ADVICE_ORDERS = ["stockout_probability", "order_quantity", "order_by", "days_of_cover", "title", "sku"] as const
const adviceOrder = z.enum(ADVICE_ORDERS.flatMap((name) => [name, `-${name}`]) as [string, ...string[]]).default("-stockout_probability")

export const AdviceQuery = z.object({ ...paging, ...adviceFilter, order: adviceOrder }).strict()
export type AdviceQuery = z.output<typeof AdviceQuery>
export const AdviceExportQuery = z.object({ ...adviceFilter, order: adviceOrder }).strict()
export type AdviceExportQuery = z.output<typeof AdviceExportQuery>

export const PageQuery = z.object(paging).strict()
export type PageQuery = z.output<typeof PageQuery>

export const ModelsQuery = z.object({ ...paging, kind: z.enum(MODEL_KINDS).optional() }).strict()
export type ModelsQuery = z.output<typeof ModelsQuery>

/** `from_start`: from the shop's very first order, or on from where such a walk was stopped; else from where the last walk ended. */
export const BackfillBody = z.object({ from_start: z.boolean().default(true) }).strict()
export type BackfillBody = z.output<typeof BackfillBody>

const currency = z
  .string()
  .regex(/^[A-Za-z]{3}$/, "expected an ISO 4217 code")
  .transform((code) => code.toLowerCase())
/** What one unit of `from` is worth in `to` from `day` on. */
export const RatesBody = z
  .object({
    rates: z
      .array(
        z
          .object({ day, from: currency, to: currency, rate: z.number().finite().positive().max(1e9), source: text.min(1) })
          .strict()
          .refine(({ from, to }) => from !== to, { path: ["to"], message: "expected another currency than `from`" })
      )
      .min(1)
      .max(1000),
  })
  .strict()
export type RatesBody = z.output<typeof RatesBody>

export const ConversionQuery = z.object({ amount: z.coerce.number().finite(), from: currency, to: currency, day }).strict()
export type ConversionQuery = z.output<typeof ConversionQuery>

export const TrainingBody = z.object({ kind: z.enum(MODEL_KINDS) }).strict()
export type TrainingBody = z.output<typeof TrainingBody>

/** `null` gives the default back; a field that is left out stays as it is. Ranges are those of the plugin options. */
export const ItemSettingsBody = z
  .object({
    location_id: text.min(1),
    lead_time_days: z.number().min(0).max(365).nullable().optional(),
    lead_time_sd_days: z.number().min(0).max(90).nullable().optional(),
    review_days: z.number().min(1).max(180).nullable().optional(),
    service_level: z.number().gt(0.5).lt(1).nullable().optional(),
    cover_days: z.number().min(0).max(365).nullable().optional(),
    moq: z.number().min(0).max(1e9).nullable().optional(),
    pack_size: z.number().min(0).max(1e9).nullable().optional(),
  })
  .strict()
export type ItemSettingsBody = z.output<typeof ItemSettingsBody>

export const ProductRecommendationsQuery = z.object({ product_id: text.min(1).max(128), limit: z.coerce.number().int().min(1).max(50).default(8) }).strict()
export type ProductRecommendationsQuery = z.output<typeof ProductRecommendationsQuery>

/** `variant_id` once, or several separated by commas. */
export const ForecastsQuery = z
  .object({
    variant_id: z
      .union([
        z
          .string()
          .max(4_000) // what fits into a URL, signs written %28 and the like
          .regex(/^[ -+\x2d-~]{1,128}(,[ -+\x2d-~]{0,128}){0,99}$/, "expected 1 to 100 ids of at most 128 characters, separated by commas"),
        z.array(z.string().regex(/^[ -+\x2d-~]{1,128}$/, "expected an id of at most 128 characters")).min(1).max(100), // one alone comes as text
      ])
      .transform((ids) => (typeof ids === "string" ? ids.split(",") : ids).filter(Boolean))
      .pipe(z.array(text).min(1).max(100)),
  })
  .strict()
export type ForecastsQuery = z.output<typeof ForecastsQuery>
