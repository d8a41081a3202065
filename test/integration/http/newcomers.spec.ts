import { randomUUID } from "node:crypto"
import type { DemandListAnswer, NewcomerListAnswer } from "../../../src/api/answers"
import type { ForesightClient } from "../../../src/temporal/foresight-client"
import { adminApi, anonymousApi } from "../../support/store"
import { storeTemporal } from "../../support/store-temporal"

jest.setTimeout(600_000) // a night

const NEWCOMERS = "/admin/foresight/demand/newcomers"

describe("new items", () => {
  let admin: Awaited<ReturnType<typeof adminApi>>
  let temporal: ForesightClient

  beforeAll(async () => {
    admin = await adminApi()
    temporal = storeTemporal()
  })
  afterAll(() => temporal.close())

  it("keeps strangers out", async () => expect((await anonymousApi().get(NEWCOMERS)).status).toBe(401))

  it.each(["limit=0", "limit=201", "offset=-1", "variant_id=", "level=shop"])("refuses ?%s", async (query) => expect((await admin.get(`${NEWCOMERS}?${query}`)).status).toBe(400))

  it("says of a variant without a sale what others of its category, price and name sold when they were new", async () => {
    const [line] = (await admin.get<DemandListAnswer>("/admin/foresight/demand?level=variant&limit=1")).body.demand
    const { product } = (await admin.get<{ product: { title: string; categories: { id: string }[]; variants: { prices: { currency_code: string; amount: number }[] }[] } }>(
      `/admin/products/${line!.product_id}?fields=title,categories.id,variants.prices.amount,variants.prices.currency_code`
    )).body
    const { currency_code: currency, amount } = product.variants[0]!.prices[0]!
    const title = `${product.title} new edition`
    const created = await admin.post<{ product: { id: string; variants: { id: string }[] } }>("/admin/products", {
      title,
      handle: randomUUID(),
      status: "published",
      categories: product.categories.map(({ id }) => ({ id })),
      options: [{ title: "Size", values: ["One"] }],
      variants: [{ title: "Default variant", sku: randomUUID(), options: { Size: "One" }, prices: [{ currency_code: currency, amount }] }],
    })
    expect(created.status).toBe(200)
    const { id: productId, variants } = created.body.product
    const variantId = variants[0]!.id
    try {
      await temporal.startNightly({ train: "none" })
      await temporal.nightlyResult()
      const { status, body } = await admin.get<NewcomerListAnswer>(`${NEWCOMERS}?variant_id=${variantId}`)
      expect(status).toBe(200)
      expect(body).toMatchObject({ count: 1, limit: 20, offset: 0 })
      const [newcomer] = body.newcomers
      expect(newcomer).toMatchObject({ variant_id: variantId, product_id: productId, title, known_weeks: 0, has_category: product.categories.length > 0 })
      const { per_week: perWeek, first_order: firstOrder } = newcomer!
      expect(perWeek.low).toBeLessThan(perWeek.mean)
      expect(perWeek.high).toBeGreaterThan(perWeek.mean)
      expect(firstOrder.mean).toBeCloseTo((perWeek.mean * firstOrder.days) / 7, 6)
      expect(newcomer!.sentence).toMatch(/^Not sold yet: \d+ others of its category were new before it/)
      // it is in no list and no sum
      expect((await admin.get(`/admin/foresight/demand/series?level=variant&id=${variantId}`)).status).toBe(404)
      // the unsold come first, and every page says how many there are
      const all = (await admin.get<NewcomerListAnswer>(`${NEWCOMERS}?limit=1`)).body
      expect(all.newcomers[0]!.known_weeks).toBe(0)
      expect(all.count).toBeGreaterThanOrEqual(1)
    } finally {
      expect((await admin.delete(`/admin/products/${productId}`)).status).toBe(200)
    }
    // what is gone is listed no more, before the next night
    expect((await admin.get<NewcomerListAnswer>(`${NEWCOMERS}?variant_id=${variantId}`)).body.newcomers).toEqual([])
  })
})
