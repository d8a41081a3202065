import type { StoredCleaningSettings } from "../../../../database/stores/cleaning-setting-store"
import type { SetAsideLine } from "../../../../database/stores/set-aside-store"
import type { DataOverview } from "../../../../modules/foresight/data-overview"
import type { CleaningSettingsAnswer, DataAnswer, SetAsideLineAnswer } from "../../../answers"

/** The page "Data" as the API shows it. */
export function dataAnswer({ today, days, arrivals, sources, setAside, counting, gaps, daysWaiting, reconcile, tookMs }: DataOverview): DataAnswer {
  return {
    today,
    days,
    arrivals,
    sources: sources.map(({ source, today: events, lastAt }) => ({ source, today: events, last_at: lastAt?.toISOString() ?? null })),
    set_aside: setAside,
    counting,
    gaps: gaps.map(({ fromDay, toDay, isOpen, ...gap }) => ({ ...gap, from_day: fromDay, to_day: toDay, is_open: isOpen })),
    days_waiting: daysWaiting,
    reconcile: reconcile && {
      finished_at: reconcile.finishedAt.toISOString(),
      walked: reconcile.walked,
      healed: reconcile.healed,
      set_aside: reconcile.setAside,
    },
    took_ms: tookMs,
  }
}

/** One line with its verdict as the API shows it. */
export function setAsideAnswer({ event, ...line }: SetAsideLine): SetAsideLineAnswer {
  return {
    day: line.day,
    event_id: line.eventId,
    reason: line.reason,
    detail: line.detail,
    import_id: line.importId,
    set_aside_at: line.setAsideAt.toISOString(),
    restored_at: line.restoredAt?.toISOString() ?? null,
    changed_by: line.changedBy,
    changed_at: line.changedAt?.toISOString() ?? null,
    event: event && {
      name: event.name,
      source: event.source,
      order_id: event.orderId,
      sku: event.sku,
      product_id: event.productId,
      quantity: event.quantity,
      unit_price: event.unitPrice,
      currency_code: event.currencyCode,
    },
  }
}

/** The cleaning settings as the API shows them. */
export function cleaningSettingsAnswer({ testOrders, duplicatesAreSetAside, changedBy, changedAt, isWaiting }: StoredCleaningSettings): CleaningSettingsAnswer {
  return {
    test_orders: { emails: testOrders.emails, email_domains: testOrders.emailDomains, skus: testOrders.skus },
    duplicates: duplicatesAreSetAside ? "set_aside" : "count",
    changed_by: changedBy,
    changed_at: changedAt?.toISOString() ?? null,
    is_waiting: isWaiting,
  }
}
