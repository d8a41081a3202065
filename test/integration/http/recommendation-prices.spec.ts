import type { RecommendationsAnswer } from "../../../src/api/answers"
import { eventually } from "../../support/eventually"
import { adminApi, storefrontApi, testStore } from "../../support/store"

const store = testStore()
const RECOMMENDATIONS = "/store/foresight/recommendations"

describe("prices of hydrated recommendations", () => {
  it("are a customer's own, never shown to others, and new as soon as they change", async () => {
    const admin = await adminApi()
    const visitor = await storefrontApi()
    const trader = await storefrontApi(store.customers[0])
    const other = await storefrontApi(store.customers[1])
    const { products } = (await visitor.get<{ products: { id: string }[] }>("/store/products?limit=1")).body
    const question = { scenario: "product-related", limit: 12, hydrate: true, region_id: store.regionId, context: { product_ids: [products[0]!.id] } }
    const ask = async (api: typeof visitor) => (await api.post<RecommendationsAnswer>(RECOMMENDATIONS, question)).body.items
    const [{ product_id: productId, product }] = (await ask(visitor)) as [RecommendationsAnswer["items"][number]]
    const priceFor = async (api: typeof visitor) => (await ask(api)).find((item) => item.product_id === productId)?.product?.price?.amount
    const listed = product!.price!.amount
    const special = Math.round(listed * 50) / 100
    const { customer } = (await trader.get<{ customer: { id: string } }>("/store/customers/me")).body
    const { customer_group: group } = (await admin.post<{ customer_group: { id: string } }>("/admin/customer-groups", { name: `Trade ${Date.now()}` })).body
    await admin.post(`/admin/customer-groups/${group.id}/customers`, { add: [customer.id] })
    const { product: full } = (await admin.get<{ product: { variants: { id: string }[] } }>(`/admin/products/${productId}?fields=id,variants.id`)).body
    const { body, status } = await admin.post<{ price_list: { id: string } }>("/admin/price-lists", {
      ...{ title: "Trade", description: "half price", status: "active", type: "override", rules: { "customer.groups.id": [group.id] } },
      prices: full.variants.map(({ id }) => ({ variant_id: id, currency_code: "eur", amount: special })),
    })
    expect(status).toBe(200)

    try {
      // who is in which group is remembered for seconds, and so are cards
      await eventually(async () => (await priceFor(trader)) === special)
      expect(await Promise.all([priceFor(visitor), priceFor(trader), priceFor(other), priceFor(visitor)])).toEqual([listed, special, listed, listed])
    } finally {
      await admin.delete(`/admin/price-lists/${body.price_list.id}`)
    }
    await eventually(async () => (await priceFor(trader)) === listed)
    expect(await Promise.all([priceFor(trader), priceFor(visitor)])).toEqual([listed, listed])
    await admin.delete(`/admin/customer-groups/${group.id}`)
  })
})
