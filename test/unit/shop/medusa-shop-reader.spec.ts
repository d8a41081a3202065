import type { GraphQuery } from "../../../src/shop/graph-reader"
import { medusaShopReader } from "../../../src/shop/medusa-shop-reader"

type Request = Parameters<GraphQuery["graph"]>[0]

/** Answers each entity with the rows given, in Medusa's shape. */
function shopOf(rows: Record<string, unknown[]>) {
  const asked: Request[] = []
  const reader = medusaShopReader({
    graph: async (request) => {
      asked.push(request)
      return { data: rows[request.entity] ?? [] }
    },
  })
  return { reader, asked }
}

const orderRow = {
  id: "order_1",
  status: "pending",
  is_draft_order: false,
  created_at: "2026-03-01T10:00:00.000Z",
  updated_at: new Date("2026-03-01T11:00:00Z"),
  canceled_at: null,
  customer_id: "cus_1",
  email: "ada@example.com",
  currency_code: "EUR",
  sales_channel_id: "sc_web",
  items: [
    { id: "a", variant_id: "v", product_id: "p", variant_sku: "S", quantity: { numeric_: 1, numeric: 4 }, unit_price: 10, is_giftcard: false, adjustments: [{ amount: 2 }, { amount: "2" }] },
    { id: "b", variant_id: "v", product_id: "p", variant_sku: "S", detail: { quantity: "1.5", return_received_quantity: 1, return_dismissed_quantity: { numeric: 0.5 } }, unit_price: null, is_giftcard: false },
    { id: "c", variant_id: "v", product_id: "p", variant_sku: "S", quantity: 1, unit_price: "7.5", is_giftcard: false },
  ],
  fulfillments: [
    { location_id: "sloc_canceled", canceled_at: "2026-03-02T00:00:00Z", items: [{ line_item_id: "c" }] },
    { location_id: "sloc_fulfilled", canceled_at: null, items: [{ line_item_id: "a" }, { line_item_id: "b" }] },
  ],
}
const frame = {
  store: [{ default_location_id: null, default_sales_channel_id: "sc_web" }],
  stock_location: [{ id: "sloc_first", name: "First" }],
  sales_channel: [{ id: "sc_web", name: "Web", stock_locations: [{ id: "sloc_web" }] }, { id: "sc_new", name: "New" }],
}

describe("medusaShopReader()", () => {
  it("asks for lines by items.*, since a bare items.quantity comes back empty", async () => {
    const { reader, asked } = shopOf({})
    await reader.orders(["order_1"])
    expect(asked[0]?.fields).toContain("items.*")
    expect(asked[0]?.fields).not.toContain("items.quantity")
  })

  it("reads big numbers of any shape and takes the line's discounts off the unit price", async () => {
    const { reader } = shopOf({ ...frame, order: [orderRow] })
    const [order] = await reader.orders(["order_1"])
    // (10 · 4 − 2 − 2) / 4 = 9
    expect(order?.lines.map(({ quantity, unitPrice, returnedQuantity }) => [quantity, unitPrice, returnedQuantity])).toEqual([[4, 9, 0], [1.5, null, 1.5], [1, 7.5, 0]])
    expect(order).toMatchObject({ currencyCode: "eur", isDraft: false, isCanceled: false, placedAt: new Date("2026-03-01T10:00:00Z") })
  })

  it("finds a line's location: reservation's, else fulfilment's, else the channel's, else the first", async () => {
    const { reader } = shopOf({ ...frame, order: [orderRow, { ...orderRow, id: "order_2", sales_channel_id: "sc_new", items: [{ ...orderRow.items[2], id: "z" }], fulfillments: [] }], reservation: [{ id: "r", line_item_id: "a", location_id: "sloc_reserved" }] })
    const orders = await reader.orders(["order_1", "order_2"])
    expect(orders.map(({ lines }) => lines.map(({ locationId }) => locationId))).toEqual([["sloc_reserved", "sloc_fulfilled", "sloc_web"], ["sloc_first"]])
  })

  it("tells drafts and canceled orders", async () => {
    const { reader } = shopOf({ ...frame, order: [{ ...orderRow, is_draft_order: true, status: "canceled" }] })
    expect(await reader.orders(["order_1"])).toMatchObject([{ isDraft: true, isCanceled: true }])
  })

  it("tells region, cart, refunds, when a line first left, and which claim or exchange sent it", async () => {
    const fulfillment = { location_id: "l", created_at: "2026-03-03T00:00:00Z", packed_at: null, shipped_at: null, canceled_at: null, items: [{ line_item_id: "a" }] }
    const row = {
      ...orderRow,
      region_id: "reg_1",
      cart: { id: "cart_1" },
      fulfillments: [{ ...fulfillment, created_at: "2026-03-02T00:00:00Z", shipped_at: "2026-03-04T00:00:00Z" }, fulfillment],
      transactions: [{ id: "ordtrx_1", amount: 42, reference: "capture", created_at: "2026-03-01T00:00:00Z" }, { id: "ordtrx_2", amount: { numeric: -5 }, reference: "refund", created_at: "2026-03-05T00:00:00Z" }],
    }
    const at = new Date("2026-03-06T00:00:00Z")
    const { reader } = shopOf({
      ...frame,
      order: [row],
      order_claim: [{ id: "claim_1", order_id: "order_1", created_at: at, canceled_at: null, additional_items: [{ item_id: "b", is_additional_item: true }, { item_id: "a", is_additional_item: false }] }],
      order_exchange: [{ id: "oexc_1", order_id: "order_1", created_at: at, canceled_at: null, additional_items: [{ item_id: "c" }] }],
    })
    const [order] = await reader.orders(["order_1"])
    expect(order).toMatchObject({ regionId: "reg_1", cartId: "cart_1", refunds: [{ id: "ordtrx_2", amount: 5, at: new Date("2026-03-05T00:00:00Z") }] })
    expect(order?.lines.map(({ fulfilledAt, addedBy }) => [fulfilledAt?.toISOString().slice(0, 10) ?? null, addedBy?.id ?? null])).toEqual([["2026-03-03", null], [null, "claim_1"], [null, "oexc_1"]])
  })

  it("walks orders, returns, claims and exchanges by ids only", async () => {
    const { reader, asked } = shopOf({ order: [{ id: "order_1", updated_at: "2026-03-05T00:00:00Z" }], order_claim: [{ id: "claim_1", order_id: "order_2", updated_at: "2026-03-05T00:00:00Z" }] })
    expect((await reader.changesOf("orders", null, 10)).rows).toEqual([{ id: "order_1", orderId: "order_1" }])
    expect((await reader.changesOf("claims", null, 10)).rows).toEqual([{ id: "claim_1", orderId: "order_2" }])
    expect(asked.map(({ entity, fields }) => [entity, fields])).toEqual([["order", ["id", "updated_at"]], ["order_claim", ["id", "order_id", "updated_at"]]])
  })

  it("finds the order of a payment", async () => {
    const { reader } = shopOf({ payment: [{ id: "pay_1", payment_collection: { order: { id: "order_1" } } }] })
    expect(await reader.orderOfPayment("pay_1")).toBe("order_1")
  })

  it("reads prices with their variant, region and list; a draft list gives nobody a price", async () => {
    const list = { id: "plist_1", type: "sale", status: "active", starts_at: "2026-04-01T00:00:00Z", ends_at: "2026-05-01T00:00:00Z" }
    const row = { id: "price_1", amount: { numeric: 10 }, currency_code: "EUR", min_quantity: null, updated_at: "2026-03-01T00:00:00Z", price_set_id: "pset_1", price_list: null, price_rules: [{ attribute: "region_id", value: "reg_1" }] }
    const { reader } = shopOf({
      price: [row, { ...row, id: "price_2", price_list: list, price_rules: [] }, { ...row, id: "price_3", price_list: { ...list, status: "draft" } }, { ...row, id: "of_shipping", price_set_id: "pset_9" }],
      product_variant_price_set: [{ variant_id: "v", price_set_id: "pset_1" }],
    })
    const { rows } = await reader.pricesPage(null, 10)
    expect(rows).toMatchObject([
      { id: "price_1", variantId: "v", currencyCode: "eur", regionId: "reg_1", rules: {}, amount: 10, priceListType: null, validFrom: new Date("2026-03-01T00:00:00Z"), validTo: null },
      { id: "price_2", amount: 10, regionId: null, priceListType: "sale", validFrom: new Date("2026-04-01T00:00:00Z"), validTo: new Date("2026-05-01T00:00:00Z") },
      { id: "price_3", amount: null },
    ])
  })

  it("asks for the prices of price lists, and for the promotions of campaigns, that changed", async () => {
    const { reader, asked } = shopOf({ price_list: [{ id: "plist_1", updated_at: "2026-03-01T00:00:00Z" }], campaign: [{ id: "camp_1", updated_at: "2026-03-01T00:00:00Z" }] })
    const updatedAt = new Date("2026-03-01T00:00:00Z")
    expect((await reader.priceListsChangedSince(null, 10)).rows).toEqual([{ id: "plist_1", updatedAt }])
    expect((await reader.campaignsChangedSince(null, 10)).rows).toEqual([{ id: "camp_1", updatedAt }])
    await reader.pricesOfLists(["plist_1"], "price_1", 10)
    await reader.promotionsOfCampaigns(["camp_1"], null, 10)
    expect(asked.filter(({ entity }) => entity === "price" || entity === "promotion")).toMatchObject([
      { filters: { price_list_id: ["plist_1"], id: { $gt: "price_1" } }, pagination: { take: 10, order: { id: "ASC" } } },
      { filters: { campaign_id: ["camp_1"] }, pagination: { take: 10 } },
    ])
  })

  it("reads promotions with their campaign's period and targets", async () => {
    const application_method = { type: "percentage", value: "20", currency_code: null, target_type: "items", target_rules: [{ attribute: "items.product.id", operator: "in", values: [{ value: "b" }, { value: "a" }] }] }
    const row = { id: "promo_1", code: "SPRING", status: "active", is_automatic: true, type: "standard", updated_at: "2026-03-01T00:00:00Z", campaign: { id: "c", name: "Spring", starts_at: "2026-04-01T00:00:00Z", ends_at: null }, application_method }
    const { reader } = shopOf({ promotion: [row, { ...row, id: "promo_2", campaign: null, application_method: null }] })
    expect((await reader.promotionsPage(null, 10)).rows).toMatchObject([
      { id: "promo_1", startsAt: new Date("2026-04-01T00:00:00Z"), endsAt: null, valueType: "percentage", value: 20, targets: [{ attribute: "items.product.id", operator: "in", values: ["a", "b"] }] },
      { id: "promo_2", campaignId: null, startsAt: null, value: null, targets: [] },
    ])
  })

  it("finds the guests among customers with an email", async () => {
    const { reader } = shopOf({ customer: [{ id: "cus_guest", email: "Ada@example.com", has_account: false }, { id: "cus_ada", email: "ada@example.com", has_account: true }] })
    expect(await reader.guestsByEmail(["ada@example.com"])).toEqual([{ id: "cus_guest", email: "Ada@example.com" }])
  })

  it("takes a received return's own time, else that of its last change", async () => {
    const row = { id: "return_1", order_id: "order_1", canceled_at: null, received_at: null, updated_at: "2026-03-05T00:00:00Z", status: "partially_received", location_id: null, items: [{ item_id: "a", received_quantity: 1 }] }
    const { reader } = shopOf({ return: [row, { ...row, id: "return_2", received_at: "2026-03-04T00:00:00Z" }, { ...row, id: "return_3", items: [{ item_id: "a", received_quantity: 0 }] }] })
    const returns = await reader.returnsOf(["order_1"])
    expect(returns.map(({ receivedAt }) => receivedAt?.toISOString().slice(0, 10) ?? null)).toEqual(["2026-03-05", "2026-03-04", null])
  })

  it("reads the returns of many orders in one question", async () => {
    const row = { id: "return_1", order_id: "order_1", canceled_at: null, received_at: null, updated_at: "2026-03-05T00:00:00Z", status: "requested", location_id: "l", items: [{ item_id: "a", received_quantity: 0 }] }
    const { reader, asked } = shopOf({ return: [row] })
    expect(await reader.returnsOf(["order_1", "order_2"])).toMatchObject([{ id: "return_1", orderId: "order_1", receivedAt: null, locationId: "l" }])
    expect(asked).toMatchObject([{ entity: "return", filters: { order_id: ["order_1", "order_2"], id: { $gt: "" } } }])
    expect(await reader.returnsOf([])).toEqual([])
    expect(asked).toHaveLength(1)
  })

  it("reads returns in pages until one is not full", async () => {
    const rows = Array.from({ length: 250 }, (_, at) => ({ id: `return_${1000 + at}`, order_id: "order_1", canceled_at: null, received_at: null, updated_at: "2026-03-05T00:00:00Z", status: "requested", location_id: null, items: [] }))
    const reader = medusaShopReader({
      graph: async ({ filters, pagination }) => {
        const { $gt: after } = filters?.id as { $gt: string }
        return { data: rows.filter(({ id }) => id > after).slice(0, pagination?.take) }
      },
    })
    expect((await reader.returnsOf(["order_1"])).map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
  })

  it("marks stock that was assumed", async () => {
    const row = { id: "ilev_1", inventory_item_id: "i", location_id: "l", stocked_quantity: 5, reserved_quantity: 1, incoming_quantity: 0, metadata: null, updated_at: "2026-03-01T00:00:00Z" }
    const { reader } = shopOf({ inventory_level: [row, { ...row, id: "ilev_2", metadata: { foresight_assumed_stock: true } }] })
    expect((await reader.levelsOf(["i"])).map(({ isAssumed }) => isAssumed)).toEqual([false, true])
  })

  it("leaves variants out whose product is gone", async () => {
    const row = { id: "v1", title: null, sku: null, created_at: "2026-01-01T00:00:00Z", manage_inventory: true, allow_backorder: false, product: null }
    const product = { id: "p", title: "Cup", thumbnail: null, status: "draft", is_giftcard: false, categories: [{ id: "pcat_b" }, { id: "pcat_a" }] }
    const { reader } = shopOf({ variant: [row, { ...row, id: "v2", product, inventory_items: [{ inventory_item_id: "i", required_quantity: 2 }] }] })
    expect((await reader.variantsPage(null, 10)).rows).toMatchObject([
      { id: "v2", title: "Cup", isPublished: false, categoryId: "pcat_a", categoryIds: ["pcat_a", "pcat_b"], items: [{ inventoryItemId: "i", variantId: "v2", requiredQuantity: 2 }] },
    ])
  })

  it("pages by id until a page is not full", async () => {
    const { reader, asked } = shopOf({ inventory_item: [{ id: "i1" }, { id: "i2" }] })
    expect((await reader.inventoryItemsPage("i0", 2)).next).toBe("i2")
    expect(asked[0]).toMatchObject({ filters: { id: { $gt: "i0" } }, pagination: { take: 2, order: { id: "ASC" } } })
    expect((await reader.inventoryItemsPage(null, 3)).next).toBeNull()
  })

  it("finds customers by id or by email in any case, the registered one first", async () => {
    const { reader } = shopOf({ customer: [{ id: "cus_guest", email: "ada@example.com", has_account: false }, { id: "cus_ada", email: "ada@example.com", has_account: true }] })
    expect(await reader.customersByRef(["Ada@Example.com", "ada@example.com", "17850"])).toEqual(
      expect.arrayContaining([{ ref: "Ada@Example.com", customerId: "cus_ada" }, { ref: "ada@example.com", customerId: "cus_ada" }])
    )
  })

  it("tells which customers are still there, asking for as many as were named", async () => {
    const { reader, asked } = shopOf({ customer: [{ id: "cus_1" }] })
    expect(await reader.existingCustomers(["cus_1", "cus_2"])).toEqual(["cus_1"])
    expect(asked).toMatchObject([{ entity: "customer", filters: { id: ["cus_1", "cus_2"] }, pagination: { take: 2 } }])
    expect(await reader.existingCustomers([])).toEqual([])
  })

  it("tells the emails of customers, deleted ones too", async () => {
    const { reader, asked } = shopOf({ customer: [{ id: "cus_1", email: "Ada@example.com" }, { id: "cus_2", email: null }] })
    expect(await reader.emailsOf(["cus_1", "cus_2"])).toEqual([{ id: "cus_1", email: "Ada@example.com" }])
    expect(asked).toMatchObject([{ entity: "customer", filters: { id: ["cus_1", "cus_2"] }, withDeleted: true }])
  })

  it("asks nothing for an empty list of names", async () => {
    const { reader, asked } = shopOf({})
    expect(await reader.variantsBySku([])).toEqual([])
    expect(await reader.emailsOf([])).toEqual([])
    expect(asked).toEqual([])
  })
})
