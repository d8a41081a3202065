import type { DataSource } from "typeorm"
import type { Day } from "../../domain/day"
import type { EventName, ExclusionReason } from "../../domain/events"
import { rows } from "../query"
import type { EventKey } from "./exclusion-store"

/** A line with a verdict, and what it says. */
export interface SetAsideLine {
  day: Day
  eventId: string
  reason: ExclusionReason
  detail: string | null
  importId: string | null
  setAsideAt: Date
  /** Set: it counts all the same. */
  restoredAt: Date | null
  /** The user who last decided about it; `null`: a rule did. */
  changedBy: string | null
  changedAt: Date | null
  /** `null` where the event is gone (erased with its customer). */
  event: {
    name: EventName
    source: string
    orderId: string | null
    sku: string | null
    productId: string | null
    quantity: number | null
    unitPrice: number | null
    currencyCode: string | null
  } | null
}

export interface SetAsideFilter {
  /** `set_aside`: does not count; `counting`: restored, or only noted. */
  state: "set_aside" | "counting"
  reason?: ExclusionReason | undefined
  importId?: string | undefined
  /** `medusa`, `storefront` or `import`. */
  source?: string | undefined
  fromDay?: Day | undefined
  toDay?: Day | undefined
  /** An order id, or the beginning of a SKU in any case. */
  q?: string | undefined
}

export interface SetAsideStore {
  /** Whether there is a verdict on the line, whatever it says. */
  has(key: EventKey): Promise<boolean>
  /** Newest day first. `count` stops at 10,000. */
  list(filter: SetAsideFilter, page: { limit: number; offset: number }): Promise<{ lines: SetAsideLine[]; count: number }>
}

/** Lines that a list counts at most. */
const MOST_COUNTED = 10_000

const MATCHING = `FROM foresight.excluded_line x LEFT JOIN foresight.event e ON e.day = x.day AND e.event_id = x.event_id
  WHERE (x.restored_at IS NULL) = $1 AND ($2::text IS NULL OR x.reason = $2) AND ($3::uuid IS NULL OR x.import_id = $3::uuid)
    AND ($4::date IS NULL OR x.day >= $4::date) AND ($5::date IS NULL OR x.day <= $5::date)
    AND ($6::text IS NULL OR split_part(e.source, ':', 1) = $6)
    AND ($7::text IS NULL OR e.order_id = $7 OR starts_with(lower(e.sku), lower($7)))`

type Said = NonNullable<SetAsideLine["event"]>
type Row = Omit<SetAsideLine, "event"> & { [name in keyof Said]: Said[name] | null }

/** Makes the store of set-aside lines of an opened data source. */
export function createSetAsideStore(dataSource: DataSource): SetAsideStore {
  return {
    async has({ day, eventId }) {
      const [found] = await rows(dataSource, "SELECT 1 FROM foresight.excluded_line WHERE day = $1::date AND event_id = $2", [day, eventId])
      return found !== undefined
    },

    async list({ state, reason, importId, source, fromDay, toDay, q }, { limit, offset }) {
      const filter = [state === "set_aside", reason ?? null, importId ?? null, fromDay ?? null, toDay ?? null, source ?? null, q ?? null]
      const [found, [total]] = await Promise.all([
        rows<Row>(
          dataSource,
          `SELECT x.day::text AS day, x.event_id AS "eventId", x.reason, x.detail, x.import_id AS "importId", x.created_at AS "setAsideAt",
            x.restored_at AS "restoredAt", x.changed_by AS "changedBy", x.changed_at AS "changedAt", e.name, e.source, e.order_id AS "orderId", e.sku, e.product_id AS "productId",
            e.quantity::float8 AS quantity, e.unit_price::float8 AS "unitPrice", e.currency_code AS "currencyCode"
          ${MATCHING} ORDER BY x.day DESC, x.event_id DESC LIMIT $8 OFFSET $9`,
          [...filter, limit, offset]
        ),
        rows<{ count: number }>(dataSource, `SELECT count(*)::int AS count FROM (SELECT 1 ${MATCHING} LIMIT $8) AS matching`, [...filter, MOST_COUNTED]),
      ])
      const lines = found.map(({ name, source: from, orderId, sku, productId, quantity, unitPrice, currencyCode, ...verdict }) => ({
        ...verdict,
        event: name === null || from === null ? null : { name, source: from, orderId, sku, productId, quantity, unitPrice, currencyCode },
      }))
      return { lines, count: total?.count ?? 0 }
    },
  }
}
