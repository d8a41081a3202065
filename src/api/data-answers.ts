/** Shapes of what is answered about the page Data. Types only. */

/** Where events come from; all imports together are one source. */
export type EventSourceAnswer = "medusa" | "storefront" | "import"

/** GET /admin/foresight/data: what arrived, what does not count, and what is missing. */
export interface DataAnswer {
  today: string
  /** Four weeks; the last day is today, which is not over. */
  days: string[]
  /** Events of one kind from one source, one count for each of `days`. */
  arrivals: { source: EventSourceAnswer; name: string; counts: number[] }[]
  /** Events of today, and when the source was last heard. */
  sources: { source: EventSourceAnswer; today: number; last_at: string | null }[]
  /** Lines that do not count, by reason. */
  set_aside: Record<string, number>
  /** Lines with a verdict that count all the same (restored, or only noted), by reason. */
  counting: Record<string, number>
  gaps: { source: EventSourceAnswer; name: string; from_day: string; to_day: string; days: number; expected: number; is_open: boolean }[]
  /** Days whose demand is still to be counted again. */
  days_waiting: number
  /** The last walk over the shop: rows read, and rows of ours that had been missed. */
  reconcile: { finished_at: string; walked: number; healed: number; set_aside: number } | null
  took_ms: number
}

/** A line with a verdict, and what it says. */
export interface SetAsideLineAnswer {
  day: string
  event_id: string
  /** One of docs/cleaning.md. */
  reason: string
  detail: string | null
  import_id: string | null
  set_aside_at: string
  /** Set: it counts all the same. */
  restored_at: string | null
  /** The user who last decided about it; `null`: a rule did. */
  changed_by: string | null
  changed_at: string | null
  /** `null` where the event is gone. */
  event: {
    name: string
    source: string
    order_id: string | null
    sku: string | null
    product_id: string | null
    quantity: number | null
    unit_price: number | null
    currency_code: string | null
  } | null
}

/** GET /admin/foresight/data/excluded?state&reason&source&import_id&from_day&to_day&q&limit&offset ; `count` stops at 10,000. */
export interface SetAsideListAnswer {
  lines: SetAsideLineAnswer[]
  count: number
  limit: number
  offset: number
}

/** POST /admin/foresight/data/excluded, …/excluded/restore, …/excluded/:day/:event_id/restore and …/exclude */
export interface SetAsideChangeAnswer {
  /** Lines whose state changed. */
  changed: number
  /** Days whose demand is counted again. */
  days: number
  /** Lines of that reason or import that are still set aside: ask again. */
  left: number
  /** `soon`: within a minute; `tonight`: no worker could be told. */
  counts: "soon" | "tonight"
}

/** GET and POST /admin/foresight/data/settings */
export interface CleaningSettingsAnswer {
  test_orders: { emails: string[]; email_domains: string[]; skus: string[] }
  /** Whether word-for-word repeats of an imported line count. */
  duplicates: "count" | "set_aside"
  changed_by: string | null
  changed_at: string | null
  /** True until all stored lines were judged by them. */
  is_waiting: boolean
}
