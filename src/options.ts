import { z } from "zod"
import { ForesightError } from "./domain/errors"
import type { ReplenishmentSettings } from "./domain/replenishment/types"

const isTimeZone = (zone: string) => {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }))
  } catch {
    return false
  }
}

const days = (least: number, most: number) => z.coerce.number().min(least).max(most)

/** Every option of the plugin: type, unit, default, meaning. Parsed once when the module loads; the worker reads the same. */
export const ForesightOptions = z
  .object({
    temporal: z
      .object({
        address: z.string().min(1).default("localhost:7233").describe("host:port of the Temporal frontend. Environment: TEMPORAL_ADDRESS"),
        namespace: z.string().min(1).default("default").describe("Environment: TEMPORAL_NAMESPACE"),
        tls: z
          .union([z.boolean(), z.object({ serverName: z.string().optional(), caFile: z.string().optional(), certFile: z.string().optional(), keyFile: z.string().optional() }).strict()])
          .default(false)
          .describe("true, or files of a client certificate. Environment: TEMPORAL_TLS=true"),
        apiKey: z.string().min(1).optional().describe("Temporal Cloud API key; implies TLS. Environment: TEMPORAL_API_KEY"),
        taskQueuePrefix: z.string().regex(/^[a-z0-9-]+$/, "expected lower-case letters, digits and dashes").default("foresight").describe("task queues are `<prefix>` and `<prefix>-training`"),
      })
      .strict()
      .prefault({}),
    databaseUrl: z.string().min(1).optional().describe("Postgres of the schema `foresight`; default: the store's own"),
    databasePoolSize: z.coerce.number().int().min(1).max(100).default(5).describe("connections a process"),
    timezone: z.string().refine(isTimeZone, "expected an IANA time zone such as Europe/Berlin").default("UTC").describe("the shop's days are counted in it"),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, "expected a two-letter country code such as DE")
      .optional()
      .describe("whose public holidays and kept days the demand models know ahead; default: none"),
    shopId: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/, "expected 1–64 letters, digits, _ or -")
      .optional()
      .describe("part of every workflow id; default: the database's name"),
    leadTimeDays: days(0, 365).default(14).describe("days from order to shelf, where the item has no setting of its own"),
    leadTimeSdDays: days(0, 90).default(0).describe("its standard deviation, days"),
    reviewDays: days(1, 180).default(7).describe("days between two looks at an item"),
    serviceLevel: z.coerce.number().gt(0.5).lt(1).default(0.95).describe("chance of not running out in lead time + review period"),
    coverDays: days(0, 365).default(14).describe("days of demand ordered above the reorder point"),
    nightlyCron: z.string().min(9).default("15 2 * * *").describe("when the nightly cycle starts, cron, in `timezone`"),
    reconcileMinutes: z.coerce.number().int().min(1).max(1440).default(5).describe("minutes between two walks over orders and stock"),
    reconcile: z
      .object({ ordersPerSecond: z.coerce.number().min(0.1).max(100_000).default(500).describe("most orders a second that a walk reads, so that the first one over years of orders leaves the shop its breath") })
      .strict()
      .prefault({}),
    linkGuestsByEmail: z.boolean().default(false).describe("who registers with the email of a guest is taken for that guest; turn it on only where registering proves the email, since recommendations tell what was bought. Order and cart transfers link always"),
    abandonedCartHours: days(1, 720).default(24).describe("hours without a change after which a cart without an order counts as abandoned"),
    erasure: z
      .object({ maxShare: z.coerce.number().min(0).max(1).default(0.05).describe("largest share of the known customers (and at least 20) that one night erases because the shop has them no more; beyond it refuses, since the shop's answer may be wrong") })
      .strict()
      .prefault({}),
    retrainAfterOrders: z.coerce.number().int().min(1).default(200).describe("new orders after which models are retrained before the night"),
    trainingTimeBudgetSeconds: z.coerce.number().int().min(10).max(86_400).default(240).describe("seconds the nets may train, a run"),
    trainingMemoryMegabytes: z.coerce.number().int().min(64).default(1024).describe("memory one recommender training may use"),
    ingest: z
      .object({
        durable: z.boolean().default(true).describe("an answer 202 means that the events are committed; false: that they are in memory, and a crash may cost the last `flushIntervalMs`"),
        flushIntervalMs: z.coerce.number().int().min(10).max(10_000).default(200).describe("how long events are gathered before they are stored where `durable` is false, ms"),
        bufferEvents: z.coerce.number().int().min(1_000).max(1_000_000).default(50_000).describe("rows of storefront events held in memory before senders get 503, about 1 kB each"),
        eventsPerMinuteAndKey: z.coerce.number().int().min(0).default(3_000_000).describe("storefront events one publishable key may send a minute and server; 0: any number"),
        eventsPerMinuteAndVisitor: z.coerce.number().int().min(0).default(6_000).describe("the same of one visitor, or of one address where no visitor is named; 0: any number"),
      })
      .strict()
      .prefault({}),
    retention: z
      .object({
        browseDays: z.coerce.number().int().min(60).max(36_500).default(400).describe("days of views, lists and searches that are kept"),
        cartDays: z.coerce.number().int().min(60).max(36_500).default(800).describe("days of what was put into or taken out of carts and wishlists, and of checkouts begun"),
        reportDays: z.coerce.number().int().min(1).max(36_500).default(90).describe("days of reports on walks over the shop"),
        modelVersions: z.coerce.number().int().min(1).max(10_000).default(10).describe("versions of each kind of model kept with their bytes, beside the one in service"),
      })
      .strict()
      .prefault({}),
    lockTimeoutMs: z.coerce.number().int().min(50).max(60_000).default(2000).describe("longest wait of the web process for a locked row, ms"),
  })
  .strict()
export type ForesightOptions = z.output<typeof ForesightOptions>

/** Fills defaults and takes Temporal's usual environment variables. @throws ForesightError `invalid_options`, one line that names each wrong option, its value and what was expected. */
export function parseOptions(raw: unknown, environment: Record<string, string | undefined> = {}): ForesightOptions {
  const given = (raw ?? {}) as { temporal?: Record<string, unknown> }
  const fromEnvironment = {
    ...(environment.TEMPORAL_ADDRESS && { address: environment.TEMPORAL_ADDRESS }),
    ...(environment.TEMPORAL_NAMESPACE && { namespace: environment.TEMPORAL_NAMESPACE }),
    ...(environment.TEMPORAL_API_KEY && { apiKey: environment.TEMPORAL_API_KEY }),
    ...(environment.TEMPORAL_TLS === "true" && { tls: true }),
  }
  const parsed = ForesightOptions.safeParse(
    typeof given === "object" ? { ...given, temporal: typeof given.temporal === "object" || given.temporal === undefined ? { ...fromEnvironment, ...given.temporal } : given.temporal } : raw
  )
  if (parsed.success) return parsed.data
  const value = (path: PropertyKey[]) => JSON.stringify(path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], raw)) ?? "missing"
  const problems = parsed.error.issues.map((issue) => `${issue.path.join(".") || "options"} is ${value(issue.path)}: ${issue.message}`)
  throw new ForesightError("invalid_options", `medusa-plugin-foresight: ${problems.join("; ")}`)
}

/** The replenishment defaults among the options. */
export function defaultSettings(options: ForesightOptions): ReplenishmentSettings {
  const { leadTimeDays, leadTimeSdDays, reviewDays, serviceLevel, coverDays } = options
  return { leadTimeDays, leadTimeSdDays, reviewDays, serviceLevel, coverDays, moq: 0, packSize: 0 }
}
