import { dayInZone } from "../domain/day"
import type { Day } from "../domain/day"
import type { ExclusionReason, ShopEvent } from "../domain/events"
import type { ShopOrder, ShopOrderLine, ShopReturn } from "./shop-reader"

/** What an order says, in our words: all of it, so that what is stored can be made the same. */
export interface OrderEvents {
  events: ShopEvent[]
  /** Events that are kept but do not count. */
  excluded: { day: Day; eventId: string; reason: ExclusionReason; detail: string | null }[]
}

/** The shop's time zone, and what is stored of the order already. */
interface MappingOptions {
  timeZone: string
  stored?: readonly Pick<ShopEvent, "eventId" | "day" | "occurredAt" | "customerId">[]
}

const DAY_MS = 86_400_000
/** Thousandths: decimal quantities come as floating point numbers. */
const round = (quantity: number) => Math.round(quantity * 1000) / 1000

/**
 * All events of an order as the shop has it now, a function of that state alone: whatever was heard of the order before, late, twice or never, storing
 * them in place of what is stored ends in the same rows.
 * - One `purchase` a line, id `<order>/<line item>`, with the quantity and price it has after all edits, on the day the order was placed; a line that a
 *   claim or an exchange sent counts on that one's day (a claim's without a price: it was free). Lines that edits removed are gone.
 * - One `refund` a returned line, id `<return>/<line item>`, with all that came back of it, on the day of the last receipt; a canceled return says nothing.
 * - One `refund` without product and quantity for money given back, id `refund/<transaction>`; no demand is counted from it.
 * Lines of a canceled order, gift cards and lines typed in by hand are kept and excluded. Drafts say nothing.
 * @param options.stored What is stored keeps its day, also when the shop's time zone has changed since; an order stored without a customer stays so,
 * and without its cart, since the person may have been erased.
 */
export function orderEvents(order: ShopOrder, returns: readonly ShopReturn[], { timeZone, stored = [] }: MappingOptions): OrderEvents {
  if (order.isDraft) return { events: [], excluded: [] }
  const before = new Map(stored.map((event) => [event.eventId, event]))
  const erased = stored.length > 0 && stored.every(({ customerId }) => customerId === null)
  const shop = erased ? { ...order, customerId: null, cartId: null } : order
  const dayOf = (eventId: string, at: Date) => {
    const known = before.get(eventId)
    return known && known.occurredAt.getTime() === at.getTime() ? known.day : dayInZone(at, timeZone)
  }

  const excluded: OrderEvents["excluded"] = []
  const purchases = order.lines.flatMap((line): ShopEvent[] => {
    if (!(round(line.quantity) > 0)) return []
    const eventId = `${order.id}/${line.lineItemId}`
    const occurredAt = line.addedBy?.at ?? order.placedAt
    const day = dayOf(eventId, occurredAt)
    const reason = order.isCanceled ? "canceled_order" : line.isGiftCard || !line.variantId ? "non_product" : null
    const detail = reason !== "non_product" ? null : line.isGiftCard ? "gift card" : "line without a product"
    if (reason) excluded.push({ day, eventId, reason, detail })
    const unitPrice = line.addedBy?.kind === "claim" ? null : line.unitPrice
    return [{ ...eventOf(shop, line), eventId, day, occurredAt, name: "purchase", quantity: round(line.quantity), unitPrice, properties: aboutLine(line, occurredAt) }]
  })

  const cameBack = returnedLines(order, returns).map(({ line, returned, quantity, at }): ShopEvent => {
    const eventId = `${returned.id}/${line.lineItemId}`
    const properties = swapOf(returned.claimId, returned.exchangeId)
    return { ...eventOf(shop, line), eventId, day: dayOf(eventId, at), occurredAt: at, name: "refund", quantity, locationId: returned.locationId ?? line.locationId, properties }
  })

  const money = order.refunds.map(({ id, amount, at }): ShopEvent => {
    const eventId = `refund/${id}`
    return { ...eventOf(shop, null), eventId, day: dayOf(eventId, at), occurredAt: at, name: "refund", quantity: null, unitPrice: amount }
  })
  return { events: [...purchases, ...cameBack, ...money], excluded }
}

function eventOf(order: ShopOrder, line: ShopOrderLine | null): Omit<ShopEvent, "eventId" | "day" | "occurredAt" | "name" | "quantity"> {
  return {
    source: "medusa",
    customerId: order.customerId,
    visitorId: null,
    sessionId: null,
    productId: line?.productId ?? null,
    variantId: line?.variantId ?? null,
    sku: line?.sku ?? null,
    locationId: line?.locationId ?? null,
    salesChannelId: order.salesChannelId,
    regionId: order.regionId,
    orderId: order.id,
    cartId: order.cartId,
    unitPrice: line?.unitPrice ?? null,
    currencyCode: order.currencyCode,
    searchTerm: null,
    properties: null,
  }
}

interface ReturnedLine {
  line: ShopOrderLine
  returned: ShopReturn
  quantity: number
  at: Date
}

/** What came back of an order's lines; nothing while goods are on their way. Medusa overwrites a return's quantity with that of its last receipt, while the order
 * counts all of them: what only the order knows belongs to the line's latest return. */
function returnedLines(order: ShopOrder, returns: readonly ShopReturn[]): ReturnedLine[] {
  return order.lines.flatMap((line) => {
    const found = returns
      .flatMap((returned): ReturnedLine[] => {
        const quantity = round(returned.lines.reduce((sum, { lineItemId, receivedQuantity }) => sum + (lineItemId === line.lineItemId ? receivedQuantity : 0), 0))
        return !returned.isCanceled && returned.receivedAt && quantity > 0 ? [{ line, returned, quantity, at: returned.receivedAt }] : []
      })
      .sort((one, two) => one.at.getTime() - two.at.getTime() || (one.returned.id < two.returned.id ? -1 : 1))
    const last = found.at(-1)
    const untold = round(line.returnedQuantity - found.reduce((sum, { quantity }) => sum + quantity, 0))
    if (last && untold > 0) last.quantity = round(last.quantity + untold)
    return found
  })
}

const swapOf = (claimId: string | null, exchangeId: string | null) => (claimId ? { claim_id: claimId } : exchangeId ? { exchange_id: exchangeId } : null)

function aboutLine({ addedBy, fulfilledAt }: ShopOrderLine, occurredAt: Date): Record<string, unknown> | null {
  const swap = addedBy && swapOf(addedBy.kind === "claim" ? addedBy.id : null, addedBy.kind === "exchange" ? addedBy.id : null)
  const fulfilled = fulfilledAt && { days_to_fulfil: Math.max(0, Math.round(((fulfilledAt.getTime() - occurredAt.getTime()) / DAY_MS) * 100) / 100) }
  return swap || fulfilled ? { ...swap, ...fulfilled } : null
}
