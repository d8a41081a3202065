import { z } from "zod"
import { EXCLUSION_REASONS, STORABLE } from "../../../../domain/events"
import { day } from "../validators"

const text = (most: number) => z.string().trim().min(1).max(most).regex(STORABLE, "expected no NUL character and no half character")
const reason = z.enum(EXCLUSION_REASONS)
const importId = z.uuid()

/** What names one line. */
export const EventKeyParams = z.object({ day, event_id: text(512) })
const lines = z.array(EventKeyParams.strict()).min(1).max(500)

export const SetAsideQuery = z
  .object({
    state: z.enum(["set_aside", "counting"]).default("set_aside"),
    reason: reason.optional(),
    source: z.enum(["medusa", "storefront", "import"]).optional(),
    import_id: importId.optional(),
    from_day: day.optional(),
    to_day: day.optional(),
    q: text(200).optional().describe("an order id, or the beginning of a SKU"),
    limit: z.coerce.number().int().min(1).max(200).default(20),
    offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  })
  .strict()
export type SetAsideQuery = z.output<typeof SetAsideQuery>

/** Lines by name, or all of a reason, an import or both. */
export const RestoreBody = z
  .object({ lines: lines.optional(), reason: reason.optional(), import_id: importId.optional() })
  .strict()
  .refine(
    ({ lines: named, reason: why, import_id: id }) => (named === undefined) !== (why === undefined && id === undefined),
    "expected either `lines`, or `reason` or `import_id`"
  )
  .meta({ oneOf: [{ required: ["lines"] }, { anyOf: [{ required: ["reason"] }, { required: ["import_id"] }] }] }) // the same for the OpenAPI file
export type RestoreBody = z.output<typeof RestoreBody>

const note = text(500).optional().describe("why, for whoever looks at it later")

export const ExcludeBody = z.object({ lines, note }).strict()
export type ExcludeBody = z.output<typeof ExcludeBody>

export const ExcludeLineBody = z.object({ note }).strict()
export type ExcludeLineBody = z.output<typeof ExcludeLineBody>

const MOST_WORDS = 500

export const CleaningSettingsBody = z
  .object({
    test_orders: z
      .object({
        emails: z.array(z.email("expected an email address").max(254)).max(MOST_WORDS).default([]),
        email_domains: z
          .array(z.string().trim().max(253).regex(/^@?([A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,}$/, "expected a domain such as example.com"))
          .max(MOST_WORDS)
          .default([]),
        skus: z.array(text(200)).max(MOST_WORDS).default([]),
      })
      .strict(),
    duplicates: z.enum(["count", "set_aside"]),
  })
  .strict()
export type CleaningSettingsBody = z.output<typeof CleaningSettingsBody>
