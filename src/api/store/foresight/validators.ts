import { z } from "zod"
import { MAX_BATCH, STORABLE } from "../../../domain/events"

/** Envelope only: the events are checked one by one, so that a bad one does not take the good ones with it. */
export const EventBatch = z
  .object({ events: z.array(z.unknown()).min(1, "expected at least one event").max(MAX_BATCH, `expected at most ${MAX_BATCH} events`) })
  .strict()
export type EventBatch = z.infer<typeof EventBatch>

const id = z.string().trim().min(1).max(128).regex(STORABLE, "expected no NUL character and no half character")
const scenario = z.enum(["personal", "session", "product-related", "cart-related"])
const limit = z.coerce.number().int().min(1).max(50).default(12)

/** What a storefront asks for; the customer comes from Medusa's auth, never from here. */
export const RecommendationsBody = z
  .object({
    scenario: scenario.default("personal"),
    limit,
    session_id: id.optional(),
    context: z
      .object({ product_ids: z.array(id).max(50).default([]), cart_id: id.optional() })
      .strict()
      .prefault({}),
    filters: z
      .object({ in_stock: z.boolean().default(true), exclude_purchased: z.boolean().default(false) })
      .strict()
      .prefault({}),
    hydrate: z.boolean().default(false),
    region_id: id.optional().describe("needed for prices of hydrated products"),
  })
  .strict()
export type RecommendationsBody = z.output<typeof RecommendationsBody>

const flag = z.enum(["true", "false"]).transform((value) => value === "true")

/** The same as a query string; `product_ids` separated by commas. */
export const RecommendationsQuery = z
  .object({
    scenario: scenario.default("personal"),
    limit,
    session_id: id.optional(),
    product_ids: z
      .string()
      .max(4_000) // what fits into a URL, signs written %28 and the like
      .regex(/^[ -+\x2d-~]{0,128}(,[ -+\x2d-~]{0,128}){0,49}$/, "expected at most 50 ids of at most 128 characters, separated by commas")
      .transform((list) => list.split(",").filter((one) => one.trim() !== ""))
      .pipe(z.array(id).max(50))
      .optional(),
    cart_id: id.optional(),
    in_stock: flag.optional(),
    exclude_purchased: flag.optional(),
    hydrate: flag.optional(),
    region_id: id.optional(),
  })
  .strict()
export type RecommendationsQuery = z.output<typeof RecommendationsQuery>

/** The body that a query string stands for. */
export function bodyOfQuery({ product_ids, cart_id, in_stock, exclude_purchased, ...rest }: RecommendationsQuery): RecommendationsBody {
  return RecommendationsBody.parse({
    ...rest,
    context: { ...(product_ids && { product_ids }), ...(cart_id && { cart_id }) },
    filters: { ...(in_stock !== undefined && { in_stock }), ...(exclude_purchased !== undefined && { exclude_purchased }) },
  })
}
