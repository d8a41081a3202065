import { ProductCards } from "../../../src/shop/product-cards"
import type { ShopQuery } from "../../../src/shop/shop-query"

const GUEST = { regionId: "reg_eu", customerId: null }

/** Medusa with two regions and a group "trade" that pays half. Each question is noted; a product query waits until `answer()` where `slow`. */
function shopOf({ slow = false, prices = { cup: 10, pot: 20 } }: { slow?: boolean; prices?: Record<string, number> } = {}) {
  const asked: string[][] = []
  const waiting: (() => void)[] = []
  let failing = false
  const groupsOf: Record<string, string[]> = { trader: ["trade"], ada: [] }
  const graph = async ({ entity, filters, context }: { entity: string; filters: { id: string | string[] }; context?: { variants: { calculated_price: { region_id: string; customer?: { groups: { id: string }[] } } } } }) => {
    if (entity === "region") return { data: filters.id === "reg_eu" ? [{ currency_code: "eur" }] : filters.id === "reg_us" ? [{ currency_code: "usd" }] : [] }
    if (entity === "customer") return { data: [{ groups: (groupsOf[String(filters.id)] ?? []).map((id) => ({ id })) }] }
    const ids = filters.id as string[]
    asked.push([...ids])
    const now = { ...prices }
    if (slow) await new Promise<void>((resolve) => waiting.push(resolve))
    if (failing) throw new Error("Medusa is away")
    const pricing = context?.variants.calculated_price
    const factor = (pricing?.customer?.groups.some(({ id }) => id === "trade") ? 0.5 : 1) * (pricing?.region_id === "reg_us" ? 2 : 1)
    const currency_code = pricing?.region_id === "reg_us" ? "usd" : "eur"
    return {
      data: ids.flatMap((id) => {
        const amount = now[id]
        const variants = pricing && amount !== undefined ? [{ calculated_price: { calculated_amount: amount * factor, currency_code } }, { calculated_price: { calculated_amount: amount * factor + 5, currency_code } }] : []
        return amount === undefined ? [] : [{ id, title: id.toUpperCase(), handle: id, thumbnail: null, variants }]
      }),
    }
  }
  const answer = () => waiting.splice(0).forEach((go) => go())
  return { query: { graph } as unknown as ShopQuery, asked, prices, groupsOf, answer, fail: () => (failing = true) }
}
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe("ProductCards.read()", () => {
  it("gives title and the cheapest variant's price in the region; unknown ids are left out", async () => {
    const { query } = shopOf()
    const cards = await new ProductCards().read(query, ["cup", "ghost"], GUEST)
    expect([...cards]).toEqual([["cup", { id: "cup", title: "CUP", handle: "cup", thumbnail: null, price: { amount: 10, currency_code: "eur" } }]])
  })

  it("gives no price without a region, or in one that Medusa does not know", async () => {
    const { query } = shopOf()
    const cards = new ProductCards()
    for (const regionId of [null, "reg_moon"]) expect((await cards.read(query, ["cup"], { ...GUEST, regionId })).get("cup")?.price).toBeNull()
  })

  it("asks Medusa for nothing twice within seconds, not even for ids it does not know", async () => {
    const { query, asked } = shopOf()
    const cards = new ProductCards()
    await cards.read(query, ["cup", "ghost"], GUEST)
    await cards.read(query, ["pot", "cup", "ghost"], GUEST)
    expect(asked).toEqual([["cup", "ghost"], ["pot"]])
  })

  it("looks again after five seconds", async () => {
    let time = 1
    const { query, asked, prices } = shopOf()
    const cards = new ProductCards({ now: () => time })
    await cards.read(query, ["cup"], GUEST)
    prices.cup = 8
    time += 4_900
    expect((await cards.read(query, ["cup"], GUEST)).get("cup")?.price?.amount).toBe(10)
    time += 200
    expect((await cards.read(query, ["cup"], GUEST)).get("cup")?.price?.amount).toBe(8)
    expect(asked).toHaveLength(2)
  })

  it("shows a group's prices to its customers only, whoever asked first", async () => {
    const { query } = shopOf()
    const amountFor = async (cards: ProductCards, customerId: string | null) => (await cards.read(query, ["cup"], { regionId: "reg_eu", customerId })).get("cup")?.price?.amount
    for (const order of [["trader", null, "ada"], [null, "ada", "trader"], ["ada", "trader", null]]) {
      const cards = new ProductCards()
      for (const customerId of order) expect(await amountFor(cards, customerId)).toBe(customerId === "trader" ? 5 : 10)
    }
  })

  it("shows each region its own price", async () => {
    const { query } = shopOf()
    const cards = new ProductCards()
    await cards.read(query, ["cup"], GUEST)
    expect((await cards.read(query, ["cup"], { ...GUEST, regionId: "reg_us" })).get("cup")?.price).toEqual({ amount: 20, currency_code: "usd" })
  })

  it("asks once for what many requests lack, and gathers what comes while Medusa answers", async () => {
    const { query, asked, answer } = shopOf({ slow: true })
    const cards = new ProductCards()
    const requests = [cards.read(query, ["cup"], GUEST), cards.read(query, ["cup", "pot"], GUEST)]
    await settle()
    requests.push(cards.read(query, ["pot", "a"], GUEST), cards.read(query, ["b", "a"], GUEST))
    await settle()
    expect(asked).toEqual([["cup", "pot"]])
    answer()
    await settle()
    answer()
    await Promise.all(requests)
    expect(asked).toEqual([["cup", "pot"], ["a", "b"]])
  })

  it("asks for hundreds in several queries, one after the other", async () => {
    const ids = Array.from({ length: 450 }, (_, index) => `p${index}`)
    const { query, asked } = shopOf({ prices: Object.fromEntries(ids.map((id) => [id, 1])) })
    expect((await new ProductCards().read(query, ids, GUEST)).size).toBe(450)
    expect(asked.map(({ length }) => length)).toEqual([200, 200, 50])
  })

  it("tells everybody who waits when Medusa fails, and asks again next time", async () => {
    const shop = shopOf({ slow: true })
    const cards = new ProductCards()
    const requests = [cards.read(shop.query, ["cup"], GUEST), cards.read(shop.query, ["cup"], GUEST)]
    const told = Promise.allSettled(requests)
    await settle()
    shop.fail()
    shop.answer()
    expect((await told).map(({ status }) => status)).toEqual(["rejected", "rejected"])
    const again = cards.read(shop.query, ["cup"], GUEST)
    const refused = expect(again).rejects.toThrow("Medusa is away")
    await settle()
    shop.answer()
    await refused
    expect(shop.asked).toHaveLength(2)
  })
})

describe("ProductCards.forget()", () => {
  it("reads anew, and does not keep what was being read before", async () => {
    const { query, asked, prices, answer } = shopOf({ slow: true })
    const cards = new ProductCards()
    const before = cards.read(query, ["cup"], GUEST)
    await settle()
    prices.cup = 8
    cards.forget()
    answer()
    expect((await before).get("cup")?.price?.amount).toBe(10)
    const after = cards.read(query, ["cup"], GUEST)
    await settle()
    answer()
    expect((await after).get("cup")?.price?.amount).toBe(8)
    expect(asked).toHaveLength(2)
  })
})
