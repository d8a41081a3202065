import { createReconcileActivities, type ReconcileActivityDeps } from "../../../activities/reconcile"
import type { ReconcileReport } from "../../../src/database/stores/reconcile-store"
import { ForesightError } from "../../../src/domain/errors"
import type { ShopEvent } from "../../../src/domain/events"
import type { Advice, DemandOutlook } from "../../../src/domain/replenishment/types"
import type { ShopOrder, ShopReader, ShopReturn } from "../../../src/shop/shop-reader"
import { activityContext } from "../../support/activity-context"
import { anOutlook } from "../../support/demand-builders"
import { level, order, orderLine, price, promotion, returned, shopReader } from "../../support/shop-builders"

type Stores = ReconcileActivityDeps["stores"]
type StockNow = Parameters<Stores["stock"]["note"]>[0][number]
interface Given {
  unknown?: string[]
  outlooks?: DemandOutlook[]
  setAside?: Set<string>
  idle?: Awaited<ReturnType<Stores["carts"]["idle"]>>
  settings?: Partial<ReconcileActivityDeps["settings"]>
}
const cursor = { updatedAt: new Date("2026-03-14T10:00:00Z"), lastId: "order_9" }

/** The activities over a shop and stores in memory. */
function setUp(shop: Partial<ShopReader>, { unknown = ["NEW", "OLD"], outlooks = [], setAside = new Set(), idle = [], settings = {} }: Given = {}) {
  const cursors = new Map<string, { updatedAt: Date; lastId: string }>()
  const stored = new Map<string, readonly ShopEvent[]>()
  const noted = { stock: [] as { levels: readonly StockNow[]; at: Date }[], prices: [] as unknown[], ended: [] as string[], links: [] as unknown[] }
  const attached: unknown[] = []
  const advised: { advice: Advice; computedAt: Date }[] = []
  const pauses: number[] = []
  const reports: ReconcileReport[] = []
  let seconds = 0
  const note = async (rows: readonly unknown[]) => noted.prices.push(...rows) && rows.length
  const currentIds = async ({ after }: { after: string | null }) => ["price_1", "price_2"].filter((id) => after === null || id > after)
  const stores = {
    cursors: {
      get: async (name: string) => cursors.get(name) ?? null,
      set: async (name: string, to: { updatedAt: Date; lastId: string }) => void cursors.set(name, to),
      forget: async (names: readonly string[]) => names.forEach((name) => cursors.delete(name)),
    },
    orders: {
      storedOf: async (ids: readonly string[]) => new Map([...stored].filter(([id]) => ids.includes(id))),
      replace: async (states: readonly { orderId: string; events: readonly ShopEvent[] }[]) => {
        const added = states.reduce((sum, { orderId, events }) => sum + events.length - (stored.get(orderId)?.length ?? 0), 0)
        for (const { orderId, events } of states) stored.set(orderId, events)
        return { added, changed: 0, removed: 0 }
      },
    },
    identities: { link: async (links: readonly unknown[]) => noted.links.push(...links) && links.length },
    events: {
      unknownSkus: async ({ after, limit }: { after: string | null; limit: number }) => unknown.filter((sku) => after === null || sku > after).slice(0, limit),
      attachSku: async (...args: unknown[]) => attached.push(args),
    },
    prices: { note, currentIds, end: async (ids: readonly string[]) => noted.ended.push(...ids) && ids.length },
    promotions: { note, currentIds, remove: async (ids: readonly string[]) => noted.ended.push(...ids) && ids.length },
    stock: { note: async (levels: readonly StockNow[], at: Date) => noted.stock.push({ levels, at }) },
    outlooks: { ofItems: async (ids: readonly string[]) => outlooks.filter(({ inventoryItemId }) => ids.includes(inventoryItemId)) },
    advice: { recompute: async (advice: Advice, computedAt: Date) => advised.push({ advice, computedAt }) },
    reconcile: {
      addReport: async (report: ReconcileReport) => void reports.push(report),
      ordersSetAside: async (limit: number) => [...setAside].slice(0, limit),
      noteTried: async ({ failed, done }: { failed: readonly { id: string }[]; done: readonly string[] }) => {
        for (const { id } of failed) setAside.add(id)
        for (const id of done) setAside.delete(id)
      },
    },
    carts: { idle: async () => idle },
  } as unknown as Stores
  const context = activityContext()
  const now = () => new Date(Date.UTC(2026, 2, 15, 10, 0, seconds++))
  const activities = createReconcileActivities({
    stores,
    reader: shopReader(shop),
    timeZone: "UTC",
    settings: { ordersPerSecond: 1000, linkGuestsByEmail: true, abandonedCartHours: 24, ...settings },
    now,
    context: () => context,
    pause: async (ms) => void pauses.push(ms),
  })
  return { activities, advised, cursors, stored, noted, attached, context, pauses, reports, setAside, events: () => [...stored.values()].flat() }
}

/** A shop with these orders and returns, all changed. `broken` orders cannot be read. */
const shopOf = (orders: readonly ShopOrder[], { returns = [], broken = [], more = false }: { returns?: readonly ShopReturn[]; broken?: readonly string[]; more?: boolean } = {}): Partial<ShopReader> => ({
  changesOf: async (kind, from) => {
    const rows = { orders: [...orders.map(({ id }) => ({ id, orderId: id })), ...broken.map((id) => ({ id, orderId: id }))], returns, claims: [], exchanges: [] }[kind]
    return { rows: rows.map(({ id, orderId }) => ({ id, orderId })), cursor: rows.length > 0 ? cursor : from, more }
  },
  orders: async (ids) => {
    const bad = ids.find((id) => broken.includes(id))
    if (bad) throw new TypeError(`${bad} has no currency`)
    return orders.filter(({ id }) => ids.includes(id))
  },
  returnsOf: async (ids) => returns.filter(({ orderId }) => ids.includes(orderId)),
})

describe("reconcileNextOrders()", () => {
  it("stores what no subscriber had stored and moves the cursor", async () => {
    const { activities, cursors, events } = setUp(shopOf([order({ lines: [orderLine(), orderLine({ lineItemId: "ordli_2" })] })], { more: true }))
    expect(await activities.reconcileNextOrders({ first: true })).toMatchObject({ orders: 1, recovered: 2, more: true, setAside: [] })
    expect(await activities.reconcileNextOrders({ first: false })).toMatchObject({ orders: 1, recovered: 0, more: true })
    expect(events()).toHaveLength(2)
    expect(cursors.get("orders")).toEqual(cursor)
  })

  it("begins each walk two minutes before the last one's end, and goes on from the cursor within it", async () => {
    const asked: unknown[] = []
    const { activities, cursors } = setUp({
      changesOf: async (_, from) => {
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

  it("stores what came back of changed orders", async () => {
    const { activities, events } = setUp(shopOf([order(), order({ id: "order_2" })], { returns: [returned()] }))
    expect(await activities.reconcileNextOrders({ first: true })).toMatchObject({ recovered: 3 })
    expect(events().filter(({ name }) => name === "refund").map(({ eventId, orderId }) => [eventId, orderId])).toEqual([["return_1/ordli_1", "order_1"]])
  })

  it("sets an order aside that nobody can read, goes on with the others, and tries it again in the next walk", async () => {
    const { activities, cursors, events, context, setAside } = setUp(shopOf([order(), order({ id: "order_2" })], { broken: ["order_3"] }))
    const page = await activities.reconcileNextOrders({ first: true })
    expect(page).toMatchObject({ recovered: 2, setAside: [{ kind: "order", id: "order_3", error: "TypeError: order_3 has no currency" }] })
    expect(events()).toHaveLength(2)
    expect(cursors.get("orders")).toEqual(cursor) // the walk does not stand still
    expect(context.warnings).toHaveLength(2)
    const next = setUp({ ...shopOf([]), orders: async (ids) => ids.map((id) => order({ id })) }, { setAside })
    expect(await next.activities.reconcileNextOrders({ first: true })).toMatchObject({ orders: 0, recovered: 1, setAside: [] })
    expect(next.events().map(({ orderId }) => orderId)).toEqual(["order_3"])
    expect([...setAside]).toEqual([])
  })

  it("names 20 orders set aside, loses none of the others, and does not hold a good page up with old ones", async () => {
    const broken = Array.from({ length: 45 }, (_, at) => `order_bad${at}`)
    const first = setUp(shopOf([order()], { broken }))
    expect((await first.activities.reconcileNextOrders({ first: true })).setAside).toHaveLength(20)
    expect([...first.setAside]).toEqual(broken)
    const asked: number[] = []
    const shop = shopOf([order(), order({ id: "order_2" })])
    const read = shopOf([order(), order({ id: "order_2" })], { broken }).orders!
    const orders: ShopReader["orders"] = async (ids) => {
      asked.push(ids.length)
      return read(ids)
    }
    const next = setUp({ ...shop, orders }, { setAside: first.setAside })
    expect(await next.activities.reconcileNextOrders({ first: true })).toMatchObject({ orders: 2, recovered: 2 })
    expect(asked).toEqual([45, ...broken.map(() => 1), 2]) // the page's two are read at once
    expect([...next.setAside]).toEqual(broken)
  })

  it("fails, and moves nothing, when it is the shop that does not answer, or our database", async () => {
    const away = () => Promise.reject(new Error("connection terminated"))
    const silent = setUp({ ...shopOf([order()]), orders: away, frame: away })
    await expect(silent.activities.reconcileNextOrders({ first: true })).rejects.toThrow("connection terminated")
    const locked = setUp({ ...shopOf([order()]), orders: () => Promise.reject(new ForesightError("unavailable", "Postgres: cannot be reached")) })
    await expect(locked.activities.reconcileNextOrders({ first: true })).rejects.toThrow("cannot be reached")
    expect([...silent.cursors, ...locked.cursors]).toEqual([])
  })

  it("rests between pages so that the shop reads no more orders a second than it allows", async () => {
    // a page takes one second of this clock; 3 orders at 0.5 a second want six: five are left
    const orders = ["a", "b", "c"].map((id) => order({ id }))
    const { activities, pauses } = setUp(shopOf(orders, { more: true }), { settings: { ordersPerSecond: 0.5 } })
    await activities.reconcileNextOrders({ first: true })
    expect(pauses).toEqual([5000])
  })

  it("links a guest whose order went to an account", async () => {
    const people = [{ id: "cus_guest", email: "ada@example.com", hasAccount: false }, { id: "cus_ada", email: "ada@example.com", hasAccount: true }]
    const customers = async (ids: readonly string[]) => people.filter(({ id }) => ids.includes(id))
    let customerId = "cus_guest"
    const { activities, noted } = setUp({ ...shopOf([order()]), orders: async () => [order({ customerId })], customers })
    await activities.reconcileNextOrders({ first: true })
    customerId = "cus_ada"
    await activities.reconcileNextOrders({ first: true })
    expect(noted.links).toEqual([{ kind: "guest", id: "cus_guest", customerId: "cus_ada", via: "order_transfer" }])
  })
})

describe("reconcileNextReturns() and reconcileNextSwaps()", () => {
  it("read the orders anew whose return, claim or exchange changed", async () => {
    const { activities, events } = setUp(shopOf([order()], { returns: [returned(), returned({ id: "return_2", receivedAt: null })] }))
    expect(await activities.reconcileNextReturns({ first: true })).toMatchObject({ returns: 2, recovered: 2, more: false })
    expect(await activities.reconcileNextReturns({ first: false })).toMatchObject({ recovered: 0 })
    expect(events()).toMatchObject([{ name: "purchase", quantity: 2 }, { name: "refund", quantity: 1 }])
    expect(await activities.reconcileNextSwaps({ kind: "claims", first: true })).toMatchObject({ seen: 0, recovered: 0, more: false })
  })
})

describe("openReconcile()", () => {
  it("counts the orders ahead: all of them from the start, else those changed since the last walk", async () => {
    const since: Date[] = []
    const { activities, cursors } = setUp({ ordersSince: async (from) => since.push(from) })
    cursors.set("orders", cursor)
    cursors.set("levels", cursor)
    await activities.openReconcile({ fromStart: false })
    expect(cursors.get("orders")).toEqual(cursor)
    await activities.openReconcile({ fromStart: true })
    expect(since).toEqual([new Date("2026-03-14T09:58:00Z"), new Date(0)])
    expect([...cursors.keys()]).toEqual(["orders", "levels"])
  })

  it("has a backfill walk by cursors of its own, go on where it was stopped, and begin anew after it has ended", async () => {
    const asked: (Date | null)[] = []
    const later = { updatedAt: new Date("2026-03-15T09:00:00Z"), lastId: "order_99" }
    const { activities, cursors } = setUp({
      changesOf: async (kind, from) => {
        asked.push(from?.updatedAt ?? null)
        return { rows: [], cursor: kind === "returns" ? later : cursor, more: false }
      },
    })
    cursors.set("orders", later)
    await activities.openReconcile({ fromStart: true })
    await activities.reconcileNextOrders({ first: true, fromStart: true })
    await activities.reconcileNextReturns({ first: true, fromStart: true })
    expect(cursors.get("orders")).toEqual(later) // the walks every few minutes do not go back
    // stopped here and started again
    await activities.openReconcile({ fromStart: true })
    await activities.reconcileNextOrders({ first: true, fromStart: true })
    expect(asked).toEqual([null, null, new Date("2026-03-14T09:58:00Z")])
    await activities.closeReconcile({ id: "run", kind: "reconcile", walked: {}, healed: {}, setAside: [], startedAt: "2026-03-15T09:59:00.000Z" })
    expect([...cursors.keys()]).toEqual(["orders", "backfill/orders", "backfill/returns"])
    await activities.closeReconcile({ id: "run", kind: "backfill", walked: {}, healed: {}, setAside: [], startedAt: "2026-03-15T09:59:00.000Z" })
    expect([...cursors.keys()]).toEqual(["orders"])
  })
})

describe("closeReconcile()", () => {
  it("keeps the report, with the carts that were left behind", async () => {
    const cart = { cartId: "cart_1", changedAt: new Date("2026-03-13T10:00:00Z"), lines: 1, units: 2, ordered: false }
    const { activities, reports } = setUp({}, { idle: [cart, { ...cart, cartId: "cart_2", ordered: true }] })
    const report = { id: "run", kind: "reconcile" as const, walked: { orders: 2 }, healed: { order_rows: 1 }, setAside: [] }
    expect(await activities.closeReconcile({ ...report, startedAt: "2026-03-15T09:59:00.000Z" })).toEqual({ abandonedCarts: 1 })
    expect(reports).toEqual([{ ...report, walked: { orders: 2, abandoned_carts: 1 }, startedAt: new Date("2026-03-15T09:59:00Z"), finishedAt: new Date("2026-03-15T10:00:00Z") }])
  })
})

describe("reconcileNextPrices() and reconcileNextPromotions()", () => {
  it("note what changed since the last walk", async () => {
    const { activities, cursors, noted } = setUp({ pricesChangedSince: async () => ({ rows: [price()], cursor, more: true }) })
    expect(await activities.reconcileNextPrices({ everyOne: false, first: true })).toEqual({ seen: 1, noted: 1, more: true })
    expect(noted.prices).toMatchObject([{ priceId: "price_1", amount: 10 }])
    expect(cursors.get("prices")).toEqual(cursor)
  })

  it("at night look at all of them and end what the shop has no more", async () => {
    const { activities, noted } = setUp({ pricesPage: async (after) => ({ rows: after ? [] : [price()], next: after ? null : "price_1" }), existingPrices: async () => ["price_1"] })
    expect(await activities.reconcileNextPrices({ everyOne: true, first: true })).toEqual({ seen: 1, noted: 1, more: true, nextCursor: "price_1" })
    expect(noted.ended).toEqual([]) // not before the last page
    expect(await activities.reconcileNextPrices({ everyOne: true, first: false, cursor: "price_1" })).toEqual({ seen: 0, noted: 1, more: false })
    expect(noted.ended).toEqual(["price_2"])
  })

  it("note the prices of a price list that moved, all pages of them, though the prices themselves did not change", async () => {
    const asked: unknown[] = []
    const list = { updatedAt: new Date("2026-03-15T09:59:00Z"), lastId: "plist_1" }
    const { activities, cursors, noted } = setUp({
      priceListsChangedSince: async () => ({ rows: [{ id: "plist_1", updatedAt: list.updatedAt }], cursor: list, more: false }),
      pricesOfLists: async (ids, after) => {
        asked.push([ids, after])
        return after ? { rows: [price({ id: "price_2" })], next: null } : { rows: [price()], next: "price_1" }
      },
    })
    cursors.set("price_lists", cursor)
    expect(await activities.reconcileNextPrices({ everyOne: false, first: true })).toEqual({ seen: 2, noted: 2, more: false })
    expect(asked).toEqual([[["plist_1"], null], [["plist_1"], "price_1"]])
    expect(noted.prices).toMatchObject([{ priceId: "price_1" }, { priceId: "price_2" }])
    expect(cursors.get("price_lists")).toEqual(list)
    // the next walk begins two minutes before: the list it finds again has been followed
    expect(await activities.reconcileNextPrices({ everyOne: false, first: true })).toEqual({ seen: 0, noted: 0, more: false })
    expect(asked).toHaveLength(2)
  })

  it("note the promotions of a campaign that moved", async () => {
    const { activities, cursors, noted } = setUp({
      campaignsChangedSince: async () => ({ rows: [{ id: "camp_1", updatedAt: new Date("2026-03-15T09:59:00Z") }], cursor, more: true }),
      promotionsOfCampaigns: async () => ({ rows: [promotion()], next: null }),
    })
    cursors.set("campaigns", cursor)
    expect(await activities.reconcileNextPromotions({ everyOne: false, first: false })).toEqual({ seen: 1, noted: 1, more: true })
    expect(noted.prices).toMatchObject([{ promotionId: "promo_1" }])
  })

  it("look no list up in the very first walk, which reads every price anyway", async () => {
    const { activities, cursors } = setUp({
      priceListsChangedSince: async () => ({ rows: [{ id: "plist_1", updatedAt: cursor.updatedAt }], cursor, more: false }),
      pricesOfLists: () => Promise.reject(new Error("not asked for")),
    })
    expect(await activities.reconcileNextPrices({ everyOne: false, first: true })).toEqual({ seen: 0, noted: 0, more: false })
    expect(cursors.get("price_lists")).toEqual(cursor)
  })

  it("note promotions ahead with the period of their campaign", async () => {
    const { activities, noted } = setUp({ promotionsPage: async () => ({ rows: [promotion()], next: null }) })
    expect(await activities.reconcileNextPromotions({ everyOne: true, first: true })).toMatchObject({ seen: 1, noted: 1, more: false })
    expect(noted.prices).toMatchObject([{ promotionId: "promo_1", startsAt: new Date("2026-04-01T00:00:00Z"), value: 20 }])
  })
})

describe("reconcileNextCustomers()", () => {
  const shop: Partial<ShopReader> = {
    customersChangedSince: async (from) => ({ rows: [{ id: "cus_ada", email: "Ada@example.com", hasAccount: true }, { id: "cus_g", email: "guest@example.com", hasAccount: false }], cursor: from, more: false }),
    guestsByEmail: async (emails) => (emails.includes("ada@example.com") ? [{ id: "cus_guest", email: "ada@example.com" }] : []),
  }
  it("links accounts with the guests they were", async () => {
    const { activities, noted } = setUp(shop)
    expect(await activities.reconcileNextCustomers({ first: true })).toEqual({ seen: 2, noted: 1, more: false })
    expect(noted.links).toEqual([{ kind: "guest", id: "cus_guest", customerId: "cus_ada", via: "same_email" }])
  })
  it("does nothing where the shop does not want it", async () => {
    const { activities, noted } = setUp(shop, { settings: { linkGuestsByEmail: false } })
    expect(await activities.reconcileNextCustomers({ first: true })).toEqual({ seen: 0, noted: 0, more: false })
    expect(noted.links).toEqual([])
  })
})

describe("reconcileNextStock()", () => {
  it("notes stock as it was when it was read", async () => {
    const { activities, noted } = setUp({ levelsPage: async () => ({ rows: [level({ isAssumed: true })], next: null }) })
    await activities.reconcileNextStock({ everyLevel: true, first: true })
    expect(noted.stock).toEqual([{ levels: [{ inventoryItemId: "iitem_1", locationId: "sloc_1", stocked: 50, reserved: 2, incoming: 3, assumed: true }], at: new Date("2026-03-15T10:00:00Z") }])
  })

  it("works out the advice of changed levels anew, with the time of the reading", async () => {
    const { activities, advised } = setUp({ levelsChangedSince: async (from) => ({ rows: [level({ stocked: 7 })], cursor: from, more: false }) }, { outlooks: [anOutlook({ inventoryItemId: "iitem_1", locationId: "sloc_1" })] })
    await activities.reconcileNextStock({ everyLevel: false, first: true })
    expect(advised).toMatchObject([{ computedAt: new Date("2026-03-15T10:00:00Z"), advice: { stock: { onHand: 7, reserved: 2, incoming: 3 } } }])
  })

  it("walks every level by id", async () => {
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
