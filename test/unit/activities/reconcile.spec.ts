import { createReconcileActivities, type ReconcileActivityDeps } from "../../../activities/reconcile"
import type { ShopEvent } from "../../../src/domain/events"
import type { Advice, DemandOutlook } from "../../../src/domain/replenishment/types"
import type { ShopReader } from "../../../src/shop/shop-reader"
import { activityContext } from "../../support/activity-context"
import { anOutlook } from "../../support/demand-builders"
import { level, order, orderLine, returned, shopReader } from "../../support/shop-builders"

type Stores = ReconcileActivityDeps["stores"]
type StockDay = Parameters<Stores["stock"]["record"]>[0][number]

/** The activities over a shop and stores in memory. */
function setUp(shop: Partial<ShopReader>, { stored = [], stock = [], unknown = ["NEW", "OLD"], outlooks = [] }: { stored?: ShopEvent[]; stock?: StockDay[]; outlooks?: DemandOutlook[]; unknown?: string[] } = {}) {
  const cursors = new Map<string, { updatedAt: Date; lastId: string }>()
  const events = [...stored]
  const excluded: { eventId: string; reason: string }[] = []
  const recorded: StockDay[] = []
  const attached: unknown[] = []
  const advised: { advice: Advice; computedAt: Date }[] = []
  let seconds = 0
  const stores = {
    cursors: { get: async (name: string) => cursors.get(name) ?? null, set: async (name: string, cursor: { updatedAt: Date; lastId: string }) => void cursors.set(name, cursor) },
    events: {
      ofOrder: async (orderId: string) => events.filter((event) => event.orderId === orderId),
      insert: async (added: readonly ShopEvent[]) => {
        const fresh = added.filter(({ eventId }) => !events.some((event) => event.eventId === eventId))
        events.push(...fresh)
        return { inserted: fresh.length, duplicates: added.length - fresh.length, insertedIds: new Set(fresh.map(({ eventId }) => eventId)) }
      },
      unknownSkus: async ({ after, limit }: { after: string | null; limit: number }) => unknown.filter((sku) => after === null || sku > after).slice(0, limit),
      attachSku: async (...args: unknown[]) => attached.push(args),
    },
    exclusions: { exclude: async (lines: { eventId: string; reason: string }[]) => excluded.push(...lines) },
    stock: { range: async () => stock, record: async (rows: readonly StockDay[]) => recorded.push(...rows) },
    outlooks: { ofItems: async (ids: readonly string[]) => outlooks.filter(({ inventoryItemId }) => ids.includes(inventoryItemId)) },
    advice: { recompute: async (advice: Advice, computedAt: Date) => advised.push({ advice, computedAt }) },
  } as unknown as Stores
  const context = activityContext()
  const now = () => new Date(Date.UTC(2026, 2, 15, 10, 0, seconds++))
  const activities = createReconcileActivities({ stores, reader: shopReader(shop), timeZone: "UTC", today: () => "2026-03-15", now, context: () => context })
  return { activities, advised, cursors, events, excluded, recorded, attached, context }
}

const cursor = { updatedAt: new Date("2026-03-14T10:00:00Z"), lastId: "order_9" }

describe("reconcileNextOrders()", () => {
  it("stores what no subscriber had stored and moves the cursor", async () => {
    const { activities, cursors, events } = setUp({ ordersChangedSince: async () => ({ rows: [order({ lines: [orderLine(), orderLine({ lineItemId: "ordli_2" })] })], cursor, more: true }) })
    expect(await activities.reconcileNextOrders({ first: true })).toEqual({ orders: 1, recovered: 2, more: true })
    expect(await activities.reconcileNextOrders({ first: false })).toEqual({ orders: 1, recovered: 0, more: true })
    expect(events).toHaveLength(2)
    expect(cursors.get("orders")).toEqual(cursor)
  })

  it("begins each walk two minutes before the last one's end, and goes on from the cursor within it", async () => {
    const asked: unknown[] = []
    const { activities, cursors } = setUp({
      ordersChangedSince: async (from) => {
        asked.push(from)
        return { rows: [], cursor: from, more: false }
      },
    })
    cursors.set("orders", cursor)
    await activities.reconcileNextOrders({ first: true })
    cursors.set("orders", cursor)
    await activities.reconcileNextOrders({ first: false })
    expect(asked).toEqual([{ updatedAt: new Date("2026-03-14T09:58:00Z"), lastId: "" }, cursor])
  })

  it("stores what came back of changed orders, also a second receipt of one return", async () => {
    let receivedQuantity = 1
    const { activities, events } = setUp({
      ordersChangedSince: async () => ({ rows: [order(), order({ id: "order_2" })], cursor, more: false }),
      returnsOf: async (ids) => [returned({ lines: [{ lineItemId: "ordli_1", receivedQuantity }] })].filter(({ orderId }) => ids.includes(orderId)),
    })
    expect(await activities.reconcileNextOrders({ first: true })).toMatchObject({ recovered: 3 })
    receivedQuantity = 2
    expect(await activities.reconcileNextOrders({ first: true })).toMatchObject({ recovered: 1 })
    expect(events.filter(({ name }) => name === "refund").map(({ eventId, orderId, quantity }) => [eventId, orderId, quantity])).toEqual([
      ["return_1/ordli_1#1", "order_1", 1],
      ["return_1/ordli_1#2", "order_1", 1],
    ])
  })

  it("takes a canceled order out of demand", async () => {
    const { activities, excluded } = setUp({ ordersChangedSince: async () => ({ rows: [order({ isCanceled: true })], cursor, more: false }) })
    await activities.reconcileNextOrders({ first: true })
    expect(excluded).toMatchObject([{ eventId: "order_1/ordli_1", reason: "canceled_order" }])
  })
})

describe("reconcileNextReturns()", () => {
  it("stores what came back, once, with the order where that was missed", async () => {
    const { activities, events } = setUp({ returnsChangedSince: async () => ({ rows: [returned(), returned({ id: "return_2", receivedAt: null })], cursor, more: false }), order: async () => order() })
    expect(await activities.reconcileNextReturns({ first: true })).toEqual({ returns: 2, recovered: 2, more: false })
    expect(await activities.reconcileNextReturns({ first: false })).toMatchObject({ recovered: 0 })
    expect(events).toMatchObject([{ name: "purchase", quantity: 2 }, { name: "refund", quantity: 1 }])
  })
})

describe("reconcileNextStock()", () => {
  const day = (own: Partial<StockDay>): StockDay => ({ inventoryItemId: "iitem_1", locationId: "sloc_1", day: "2026-03-15", stocked: 0, reserved: 0, incoming: 0, inStockFraction: 0, assumed: false, ...own })
  const fractionOf = async (stocked: number, reserved: number, stock: StockDay[]) => {
    const { activities, recorded } = setUp({ levelsPage: async () => ({ rows: [level({ stocked, reserved, isAssumed: true })], next: null }) }, { stock })
    await activities.reconcileNextStock({ everyLevel: true, first: true })
    return recorded
  }

  it("notes today's stock", async () =>
    expect(await fractionOf(50, 2, [])).toEqual([day({ stocked: 50, reserved: 2, incoming: 3, inStockFraction: 1, assumed: true })]))

  it("counts a day as out of stock only when nothing was there each time somebody looked", async () => {
    expect((await fractionOf(2, 2, []))[0]?.inStockFraction).toBe(0) // all reserved
    expect((await fractionOf(0, 0, [day({ inStockFraction: 1 })]))[0]?.inStockFraction).toBe(1)
    expect((await fractionOf(5, 0, [day({ inStockFraction: 0 })]))[0]?.inStockFraction).toBe(1)
  })

  it("works the advice of changed levels out anew, as of before they were read", async () => {
    const outlooks = ["iitem_1", "iitem_2"].map((inventoryItemId) => anOutlook({ inventoryItemId, locationId: "sloc_1" }))
    const rows = [level({ stocked: 20, reserved: 0, incoming: 12 }), level({ locationId: "sloc_2" }), level({ inventoryItemId: "iitem_3" })]
    const { activities, advised } = setUp({ levelsChangedSince: async () => ({ rows, cursor, more: false }) }, { outlooks })
    await activities.reconcileNextStock({ everyLevel: false, first: true })
    expect(advised).toHaveLength(1)
    // order-up-to 87 − (20 + 12) = 55, as in advise.spec.ts
    expect(advised[0]).toMatchObject({ advice: { inventoryItemId: "iitem_1", locationId: "sloc_1", orderQuantity: 55 }, computedAt: new Date("2026-03-15T10:00:00Z") })
  })

  it("hands the place of a whole walk on to the workflow", async () => {
    const { activities } = setUp({ levelsPage: async (after) => ({ rows: [level()], next: after ? null : "ilev_1" }) })
    expect(await activities.reconcileNextStock({ everyLevel: true, first: true })).toEqual({ levels: 1, more: true, nextCursor: "ilev_1" })
    expect(await activities.reconcileNextStock({ everyLevel: true, first: false, cursor: "ilev_1" })).toEqual({ levels: 1, more: false })
  })
})

describe("joinUnknownSkus()", () => {
  it("gives held lines their variant where the product has appeared", async () => {
    const { activities, attached } = setUp({ variantsBySku: async (skus) => skus.filter((sku) => sku === "NEW").map((sku) => ({ sku, variantId: "variant_9", productId: "prod_9" })) })
    expect(await activities.joinUnknownSkus()).toEqual({ joined: 1 })
    expect(attached).toEqual([["NEW", "variant_9", "prod_9"]])
  })

  it("comes to every unknown SKU, however many never get a product", async () => {
    const unknown = Array.from({ length: 2500 }, (_, at) => `S${String(at).padStart(4, "0")}`)
    const { activities, attached, context } = setUp(
      { variantsBySku: async (skus) => skus.filter((sku) => sku === "S2499").map((sku) => ({ sku, variantId: "variant_9", productId: "prod_9" })) },
      { unknown }
    )
    expect(await activities.joinUnknownSkus()).toEqual({ joined: 1 })
    expect(attached).toEqual([["S2499", "variant_9", "prod_9"]])
    expect(context.beats.length).toBeGreaterThan(10)
  })
})
