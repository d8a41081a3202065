import { randomUUID } from "node:crypto"
import type { RecommendationsAnswer } from "../../../src/api/answers"
import { eventually } from "../../support/eventually"
import { adminApi, storefrontApi, testStore } from "../../support/store"

const store = testStore()

const RECOMMENDATIONS = "/store/foresight/recommendations"
type Api = Awaited<ReturnType<typeof storefrontApi>>

describe("/store/foresight/recommendations", () => {
  let visitor: Api
  let products: string[]

  const ids = (answer: RecommendationsAnswer) => answer.items.map((item) => item.product_id)
  const views = (sessionId: string, productId: string) => ({
    events: [{ event_id: randomUUID(), name: "view_item", timestamp: new Date().toISOString(), session_id: sessionId, items: [{ item_id: productId }] }],
  })

  beforeAll(async () => {
    visitor = await storefrontApi()
    products = (await visitor.get<{ products: { id: string }[] }>("/store/products?limit=50")).body.products.map(({ id }) => id)
  })

  it("gives a stranger what is popular, each item with its source and reason", async () => {
    const { status, body } = await visitor.post<RecommendationsAnswer>(RECOMMENDATIONS, { limit: 5 })
    expect(status).toBe(200)
    expect(body.items).toHaveLength(5)
    for (const item of body.items) expect(item).toMatchObject({ product_id: expect.stringMatching(/^prod_/), source: expect.any(String), reason: { code: expect.any(String) } })
    expect(new Set(ids(body)).size).toBe(5)
  })

  it("changes with the next view of the same session, within a second", async () => {
    let quickest = Infinity
    // the quickest of at least three: the machine may be busy with other work, or pause
    for (let visit = 0; visit < 3 || (quickest >= 1000 && visit < 30); visit += 1) {
      const viewed = products[3 + (visit % 3)]!
      const sessionId = randomUUID()
      const before = (await visitor.post<RecommendationsAnswer>(RECOMMENDATIONS, { scenario: "session", session_id: sessionId })).body
      const started = Date.now()
      await visitor.post("/store/foresight/events", views(sessionId, viewed))
      const after = (await visitor.post<RecommendationsAnswer>(RECOMMENDATIONS, { scenario: "session", session_id: sessionId })).body
      quickest = Math.min(quickest, Date.now() - started)
      expect(ids(after)).not.toEqual(ids(before))
      expect(ids(after)).not.toContain(viewed)
      expect(after.items.some(({ reason }) => reason.code === "because_viewed" && reason.product_ids.includes(viewed))).toBe(true)
    }
    expect(quickest).toBeLessThan(1000)
  })

  it("knows a customer by Medusa's login only", async () => {
    const customer = await storefrontApi(store.customers[0])
    const { body } = await customer.post<RecommendationsAnswer>(RECOMMENDATIONS, { scenario: "personal" })
    expect(body.items.some(({ reason }) => reason.code === "because_bought" || reason.code === "because_viewed")).toBe(true)
    expect((await visitor.post(RECOMMENDATIONS, { customer_id: "cus_1" })).status).toBe(400)
  })

  it("fills up to the limit for every scenario and never shows the product asked about", async () => {
    for (const scenario of ["personal", "session", "product-related", "cart-related"]) {
      const { body } = await visitor.post<RecommendationsAnswer>(RECOMMENDATIONS, { scenario, limit: 12, context: { product_ids: [products[0]] } })
      expect([scenario, body.items.length]).toEqual([scenario, 12])
      expect(ids(body)).not.toContain(products[0])
    }
  })

  it("replaces a product that can no longer be bought, and keeps the length", async () => {
    const admin = await adminApi()
    const before = (await visitor.post<RecommendationsAnswer>(RECOMMENDATIONS, { limit: 5 })).body
    const gone = ids(before)[0]!
    await admin.post(`/admin/products/${gone}`, { status: "draft" })
    try {
      const after = await eventually(async () => {
        const { body } = await visitor.post<RecommendationsAnswer>(RECOMMENDATIONS, { limit: 5 })
        return !ids(body).includes(gone) && body
      })
      expect(after.items).toHaveLength(5)
    } finally {
      await admin.post(`/admin/products/${gone}`, { status: "published" })
    }
  })

  it("hydrates with title and price of the region on request", async () => {
    const { body } = await visitor.post<RecommendationsAnswer>(RECOMMENDATIONS, { limit: 2, hydrate: true, region_id: store.regionId })
    for (const { product, product_id: id } of body.items) expect(product).toMatchObject({ id, title: expect.any(String), price: { amount: expect.any(Number), currency_code: "eur" } })
  })

  it("lets caches keep only what is the same for all", async () => {
    const control = async (query: string) => (await visitor.get(`${RECOMMENDATIONS}?${query}`)).headers.get("cache-control")
    expect(await control(`scenario=product-related&product_ids=${products[0]}`)).toBe("public, max-age=60")
    expect(await control(`scenario=session&session_id=s1`)).toBe("private, no-store")
    expect((await visitor.get(RECOMMENDATIONS)).headers.get("vary")?.toLowerCase()).toContain("x-publishable-api-key")
  })

  it.each([
    ["an unknown field", { colour: "red" }],
    ["an unknown scenario", { scenario: "magic" }],
    ["a limit of 0", { limit: 0 }],
    ["a limit of 51", { limit: 51 }],
    ["NUL in a name", { session_id: "a\u0000b" }],
    ["text for products", { context: { product_ids: "prod_1" } }],
  ])("refuses %s with 400", async (_case, body) => expect((await visitor.post(RECOMMENDATIONS, body)).status).toBe(400))

  it("bears unknown products, carts and sessions", async () => {
    const { status, body } = await visitor.post<RecommendationsAnswer>(RECOMMENDATIONS, { scenario: "cart-related", limit: 3, session_id: "nobody", context: { product_ids: ["prod_x"], cart_id: "cart_x" } })
    expect([status, body.items.length]).toEqual([200, 3])
  })
})
