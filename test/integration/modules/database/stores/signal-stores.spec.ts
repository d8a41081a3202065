import { randomUUID } from "node:crypto"
import type { CartLine } from "../../../../../src/database/stores/cart-store"
import type { PriceChange } from "../../../../../src/database/stores/price-store"
import type { PromotionPeriod } from "../../../../../src/database/stores/promotion-store"
import { openTestDatabase, type TestDatabase } from "../../../../support/database"
import { promotion as shopPromotion } from "../../../../support/shop-builders"
import { shopEvent } from "../../../../support/shop-event"

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const at = (hour: number) => new Date(Date.UTC(2026, 2, 1, hour))

describe("PriceStore", () => {
  const price = (own: Partial<PriceChange> = {}): Omit<PriceChange, "recordedAt"> => ({
    priceId: "price_1",
    variantId: "variant_1",
    currencyCode: "eur",
    regionId: null,
    priceListId: null,
    priceListType: null,
    minQuantity: null,
    rules: {},
    amount: 10,
    validFrom: at(0),
    validTo: null,
    ...own,
  })

  it("keeps a price's first sight and every change, and nothing for a walk that finds it as it was", async () => {
    const { prices } = database.stores
    expect(await prices.note([price(), price({ priceId: "price_2", rules: { customer_group_id: "g" }, validTo: at(20) })], at(1))).toBe(2)
    expect(await prices.note([price({ validFrom: at(2) })], at(2))).toBe(0) // saved again, unchanged
    expect(await prices.note([price({ amount: 8.5 }), price({ amount: 9 })], at(3))).toBe(1) // of one price twice the last counts
    expect(await prices.note([price({ amount: 9 })], at(3))).toBe(0)
    expect((await prices.history(["variant_1"])).map(({ priceId, amount, recordedAt }) => [priceId, amount, recordedAt.getUTCHours()])).toEqual([
      ["price_1", 10, 1],
      ["price_2", 10, 1],
      ["price_1", 9, 3],
    ])
  })

  it("ends a price that is gone, once, and takes it up when it comes back", async () => {
    const { prices } = database.stores
    expect(await prices.currentIds({ after: null, limit: 10 })).toEqual(["price_1", "price_2"])
    expect(await prices.end(["price_2", "price_x"], at(4))).toBe(1)
    expect(await prices.end(["price_2"], at(5))).toBe(0)
    expect(await prices.currentIds({ after: "price_1", limit: 10 })).toEqual([])
    expect(await prices.note([price({ priceId: "price_2" })], at(6))).toBe(1)
    expect((await prices.history(["variant_1"])).filter(({ priceId }) => priceId === "price_2").map(({ amount }) => amount)).toEqual([10, null, 10])
  })

  it("keeps a start that lies ahead and every move of it, and nothing once it has come", async () => {
    const { prices } = database.stores
    const ahead = (hour: number) => price({ priceId: "price_ahead", variantId: "variant_ahead", priceListId: "plist_1", priceListType: "sale", validFrom: at(hour) })
    expect(await prices.note([ahead(10)], at(1))).toBe(1)
    expect(await prices.note([ahead(10)], at(2))).toBe(0)
    expect(await prices.note([ahead(12)], at(3))).toBe(1) // begins later
    expect(await prices.note([ahead(12)], at(13))).toBe(0) // has begun
    expect(await prices.note([ahead(20)], at(14))).toBe(1) // begins anew
    expect(await prices.note([ahead(15)], at(15))).toBe(1) // begins now instead
    expect((await prices.history(["variant_ahead"])).map(({ validFrom }) => validFrom.getUTCHours())).toEqual([10, 12, 20, 15])
  })
})

describe("PromotionStore", () => {
  beforeEach(() => database.dataSource.query("TRUNCATE foresight.promotion_period"))
  const promotion = (own: Partial<PromotionPeriod> = {}): PromotionPeriod => {
    const { id, createdAt: _createdAt, ...rest } = shopPromotion()
    return { promotionId: id, ...rest, ...own }
  }

  /** What is seen of some days, with when it was withdrawn. */
  const seenOn = async (day: string) =>
    (await database.stores.promotions.seenBetween(new Date(`${day}T00:00:00Z`), new Date(`${day}T23:59:59Z`))).map(({ promotionId, withdrawnAt }) => [promotionId, withdrawnAt])

  it("knows what is ahead, follows a change, and remembers until when what was withdrawn held", async () => {
    const { promotions } = database.stores
    const draft = promotion({ promotionId: "promo_draft", status: "draft" })
    const open = promotion({ promotionId: "promo_open", startsAt: null, endsAt: null, isAutomatic: true, targets: [] })
    expect(await promotions.note([promotion(), draft, open], at(1))).toBe(3)
    expect(await promotions.note([promotion(), open], at(2))).toBe(0)
    expect(await promotions.note([promotion({ value: 30 })], at(3))).toBe(1)
    const [first, second] = await promotions.seenBetween(new Date("2026-04-05T00:00:00Z"), new Date("2026-04-06T00:00:00Z"))
    expect([first, second]).toEqual([
      { ...open, activeFrom: at(1), withdrawnAt: null },
      { ...promotion({ value: 30 }), activeFrom: at(1), withdrawnAt: null },
    ])
    expect(await seenOn("2026-05-01")).toEqual([["promo_open", null]])
    expect(await promotions.remove(["promo_1", "promo_draft"], at(4))).toBe(2)
    expect(await seenOn("2026-04-05")).toEqual([["promo_open", null]]) // what was withdrawn before holds no more
    expect(await promotions.currentIds({ after: null, limit: 10 })).toEqual(["promo_open"])
    expect(await promotions.note([promotion()], at(5))).toBe(1) // back again
    expect(await seenOn("2026-04-05")).toEqual([["promo_open", null], ["promo_1", null]])
  })

  it("keeps until when one was active that is no longer; what never was does not count", async () => {
    const { promotions } = database.stores
    const day = (at: string) => new Date(`2026-04-${at}T12:00:00Z`)
    const april = { startsAt: day("02"), endsAt: day("20") }
    const all = (status: string, other: string) => [promotion({ promotionId: "promo_on", status, ...april }), promotion({ promotionId: "promo_off", status: other, ...april })]
    await promotions.note(all("active", "draft"), day("01"))
    await promotions.note(all("inactive", "inactive"), day("08"))
    expect(await promotions.note(all("inactive", "inactive"), day("09"))).toBe(0) // seen again, it held no longer
    await promotions.note(all("draft", "inactive"), day("10"))
    expect(await seenOn("2026-04-05")).toEqual([["promo_on", day("08")]])
    expect(await seenOn("2026-04-15")).toEqual([])
    await promotions.remove(["promo_on", "promo_off"], day("12"))
    expect(await seenOn("2026-04-05")).toEqual([["promo_on", day("08")]])
    await promotions.note(all("active", "draft"), day("14")) // active again: the pause is forgotten
    expect(await seenOn("2026-04-15")).toEqual([["promo_on", null]])
  })

  it("counts one as active since it was made, if that is told and it was active when first seen, else since it was seen to be", async () => {
    const { promotions } = database.stores
    const [older, newer] = [promotion({ promotionId: "promo_older" }), promotion({ promotionId: "promo_newer" })]
    await promotions.note([{ ...older, createdAt: at(0) }, newer], at(6))
    await promotions.note([{ ...older, createdAt: at(0), value: 40 }, { ...newer, createdAt: at(0), value: 40 }], at(7)) // what was seen stays
    await promotions.remove(["promo_newer"], at(8))
    const seen = await promotions.seenBetween(at(0), new Date("2026-04-06T00:00:00Z"))
    const found = new Map(seen.map(({ promotionId, activeFrom, withdrawnAt }) => [promotionId, [activeFrom, withdrawnAt]]))
    expect([found.get("promo_older"), found.get("promo_newer")]).toEqual([[at(0), null], [at(6), at(8)]])
    const undated = (status: string) => [{ ...promotion({ promotionId: "promo_undated", status, startsAt: null, endsAt: null }), createdAt: at(0) }]
    await promotions.note(undated("draft"), at(9))
    await promotions.note(undated("active"), at(12))
    await promotions.note(undated("inactive"), at(20))
    await promotions.note(undated("active"), at(22)) // what it was before stays
    const held = async (from: Date, to: Date) => (await promotions.seenBetween(from, to)).find(({ promotionId }) => promotionId === "promo_undated")?.activeFrom
    expect([await held(at(9), at(11)), await held(at(9), at(12)), await held(at(21), at(23))]).toEqual([undefined, at(12), at(12)])
  })
})

describe("RateStore", () => {
  it("answers the newest rate of each pair on a day", async () => {
    const { rates } = database.stores
    const rate = (day: string, value: number, to = "usd") => ({ day, from: "eur", to, rate: value, source: "ECB" })
    expect(await rates.set([rate("2026-03-01", 1.1), rate("2026-03-05", 1.2), rate("2026-03-01", 0.85, "gbp")])).toBe(3)
    await rates.set([rate("2026-03-05", 1.25)])
    expect(await rates.on("2026-03-04")).toEqual([rate("2026-03-01", 0.85, "gbp"), rate("2026-03-01", 1.1)])
    expect(await rates.on("2026-03-05")).toContainEqual(rate("2026-03-05", 1.25))
    expect(await rates.on("2026-02-28")).toEqual([])
    expect(await rates.list({ limit: 1, offset: 0 })).toEqual({ rates: [rate("2026-03-05", 1.25)], count: 3 })
  })
})

describe("ReconcileStore", () => {
  it("keeps reports, newest first", async () => {
    const { reconcile } = database.stores
    const report = { id: randomUUID(), kind: "reconcile" as const, startedAt: at(1), finishedAt: at(2), walked: { orders: 3 }, healed: { order_rows: 1 }, setAside: [{ kind: "order", id: "order_1", error: "Error: no" }] }
    const refusal = { ...report, id: randomUUID(), kind: "erasure" as const, startedAt: at(3), setAside: [{ kind: "erasure", id: "customers", error: "too many" }] }
    await reconcile.addReport({ ...report, walked: {} })
    await reconcile.addReport(report) // the same step again
    await reconcile.addReport(refusal)
    expect(await reconcile.reconcileReports(5)).toEqual([refusal, report])
  })

  it("keeps every order that was set aside until one walk can store it, whatever other walks found since", async () => {
    const { reconcile } = database.stores
    expect(await reconcile.ordersSetAside(10)).toEqual([])
    const broken = (id: string) => ({ kind: "order", id, error: "TypeError: no currency" })
    await reconcile.noteTried({ failed: ["order_1", "order_2", "order_3"].map(broken), done: [] }, at(1))
    await reconcile.noteTried({ failed: [], done: ["order_7"] }, at(2)) // a walk beside it that found nothing
    await reconcile.noteTried({ failed: [broken("order_1")], done: ["order_2"] }, at(3))
    expect(await reconcile.ordersSetAside(10)).toEqual(["order_3", "order_1"])
    expect(await reconcile.ordersSetAside(1)).toEqual(["order_3"])
    await reconcile.noteTried({ failed: [], done: ["order_1", "order_3"] }, at(4))
    expect(await reconcile.ordersSetAside(10)).toEqual([])
  })
})

describe("CartStore.idle() and CursorStore.forget()", () => {
  it("finds carts that have not changed, and whether an order came of them", async () => {
    const { carts, events } = database.stores
    const hold = (cartId: string, ...lines: CartLine[]) => carts.exchange(cartId, () => Promise.resolve({ lines, events: [] }))
    await hold("cart_left", { variantId: "a", productId: null, quantity: 2 }, { variantId: "b", productId: null, quantity: 0.5 })
    await hold("cart_bought", { variantId: "a", productId: null, quantity: 1 })
    await events.insert([shopEvent({ eventId: "bought", cartId: "cart_bought" })])
    const idle = await carts.idle(new Date(Date.now() + 1000), 10)
    expect(idle).toMatchObject([{ cartId: "cart_left", lines: 2, units: 2.5, ordered: false }, { cartId: "cart_bought", lines: 1, units: 1, ordered: true }])
    expect(await carts.idle(new Date(Date.now() - 3_600_000), 10)).toEqual([])
  })

  it("lets a walk begin at the very first row again", async () => {
    const { cursors } = database.stores
    await cursors.set("orders", { updatedAt: at(1), lastId: "a" })
    await cursors.set("levels", { updatedAt: at(1), lastId: "b" })
    await cursors.forget(["orders", "returns"])
    expect(await cursors.get("orders")).toBeNull()
    expect(await cursors.get("levels")).not.toBeNull()
  })
})

describe("one person under several names", () => {
  const view = (eventId: string, own: Parameters<typeof shopEvent>[0]) => shopEvent({ eventId, name: "view_item", source: "storefront", orderId: null, variantId: null, ...own })
  const productsOf = async (customerId: string) => (await database.stores.events.recentOfCustomer(customerId, 20)).map(({ productId }) => productId).sort()
  const usersOf = async () => {
    const table = await database.stores.events.interactions("2026-01-01")
    return (productId: string) => [...new Set([...table.item].flatMap((item, at) => (table.items[item] === productId ? [table.users[table.user[at]!]!] : [])))].sort()
  }

  beforeAll(async () => {
    await database.stores.events.insert([
      view("v1", { productId: "seen_before", visitorId: "vis_ada" }),
      view("v2", { productId: "cart_page", visitorId: "vis_ada", cartId: "cart_ada" }),
      shopEvent({ eventId: "g1", productId: "bought_as_guest", orderId: "order_g", customerId: "cus_guest" }),
      view("v3", { productId: "own", customerId: "cus_ada", visitorId: "vis_phone" }),
      view("v4", { productId: "on_phone", visitorId: "vis_phone" }),
      // a device that two customers use says nothing about either
      view("v5", { productId: "shared", visitorId: "vis_shared" }),
      view("v6", { productId: "hers", visitorId: "vis_shared", customerId: "cus_ada" }),
      view("v7", { productId: "his", visitorId: "vis_shared", customerId: "cus_bob" }),
    ])
    expect(
      await database.stores.identities.link(
        [
          { kind: "cart", id: "cart_ada", customerId: "cus_ada", via: "cart_customer" },
          { kind: "guest", id: "cus_guest", customerId: "cus_ada", via: "order_transfer" },
        ],
        at(1)
      )
    ).toBe(2)
  })

  it("counts a cart's visitor, a device's past and a guest's orders for the customer", async () => {
    expect(await productsOf("cus_ada")).toEqual(["bought_as_guest", "cart_page", "hers", "on_phone", "own", "seen_before"])
    const users = await usersOf()
    for (const product of ["seen_before", "cart_page", "bought_as_guest", "own", "on_phone"]) expect([product, users(product)]).toEqual([product, ["cus_ada"]])
    expect(users("shared")).toEqual(["visitor:vis_shared"])
    expect(await productsOf("cus_bob")).toEqual(["his"])
  })

  it("keeps the latest link and changes nothing for one known already", async () => {
    const { identities } = database.stores
    const link = { kind: "cart" as const, id: "cart_x", customerId: "cus_1", via: "cart_customer" as const }
    expect(await identities.link([link], at(2))).toBe(1)
    expect(await identities.link([link], at(3))).toBe(0)
    expect(await identities.link([{ ...link, customerId: "cus_2" }], at(4))).toBe(1)
    expect(await identities.link([link], at(3))).toBe(0) // said late
    expect(await identities.ofCustomer("cus_2")).toEqual([{ ...link, customerId: "cus_2" }])
    expect(await database.stores.events.customersPage({ after: "cus_1", limit: 10 })).toContain("cus_2") // so that the night can ask for them
  })

  it("erases all of the person, and leaves the sales without one", async () => {
    await database.stores.events.eraseCustomer("cus_ada")
    expect(await productsOf("cus_ada")).toEqual([])
    expect(await database.stores.identities.ofCustomer("cus_ada")).toEqual([])
    const left = await database.dataSource.query<{ id: string; customer: string | null }[]>(
      "SELECT event_id AS id, customer_id AS customer FROM foresight.event WHERE event_id IN ('v1','v2','v3','v4','v5','v6','v7','g1') ORDER BY 1"
    )
    // v5 goes with her: her device saw it; what another customer did stays
    expect(left).toEqual([{ id: "g1", customer: null }, { id: "v7", customer: "cus_bob" }])
  })
})
