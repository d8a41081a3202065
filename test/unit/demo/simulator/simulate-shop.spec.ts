import { ordersToCsv, eventsToCsv, simulateShop, SMALL_SCALE } from "../../../../demo/simulator"
import type { SimulatedOrderLine } from "../../../../demo/simulator/types"
import { addDays, dayNumber } from "../../../../src/domain/day"

const AS_OF = "2026-11-21"
const sum = (values: Iterable<number>) => {
  let total = 0
  for (const value of values) total += value
  return total
}

describe("simulateShop() at the demo's scale", () => {
  const shop = simulateShop({ seed: 42, asOf: AS_OF })
  const { truth } = shop
  const lines = [...shop.orders()]
  const sales = lines.filter(({ status }) => status === "completed")
  const dayOf = (line: SimulatedOrderLine) => dayNumber(line.ordered_at.slice(0, 10)) - dayNumber(truth.firstDay)
  const productOf = new Map(shop.products.flatMap((product) => product.variants.map(({ sku }) => [sku, product])))
  /** Units sold per SKU and day. */
  const sold = new Map(truth.skus.map((sku) => [sku, new Float64Array(truth.days)]))
  for (const line of sales) {
    const units = sold.get(line.sku) as Float64Array
    units[dayOf(line)] = (units[dayOf(line)] as number) + line.quantity
  }
  const expected = (variant: number, day: number) => truth.expectedDemand(variant, 0, day) + truth.expectedDemand(variant, 1, day)

  it("is as large as the demo says", () => {
    const orders = new Set(lines.map((line) => line.order_id)).size
    const events = sum([...shop.events()].map(() => 1))
    expect(truth.skus).toHaveLength(300)
    expect(new Set(truth.skus).size).toBe(300)
    expect(shop.products.length).toBeGreaterThan(170)
    expect(shop.products.length).toBeLessThan(215)
    expect(new Set(shop.products.map(({ handle }) => handle)).size).toBe(shop.products.length)
    expect(shop.categories).toHaveLength(42)
    expect(shop.customers).toHaveLength(3000)
    expect(new Set(shop.customers.map(({ email }) => email)).size).toBe(3000)
    expect(Math.abs(orders - 40_000)).toBeLessThan(2000)
    expect(Math.abs(events - 200_000)).toBeLessThan(10_000)
  })
  it("ends on the last day, at the latest", () => {
    const first = lines.reduce((least, { ordered_at }) => (ordered_at < least ? ordered_at : least), "9")
    const last = lines.reduce((most, { ordered_at }) => (ordered_at > most ? ordered_at : most), "")
    expect(first.slice(0, 10)).toBe(addDays(AS_OF, -729))
    expect(last.slice(0, 10)).toBe(AS_OF)
    const outside = [...shop.events()].filter(({ timestamp }) => timestamp.slice(0, 10) > AS_OF || timestamp.slice(0, 10) < truth.firstDay)
    expect(outside).toEqual([])
  })
  it("names every order and event once, orders by time", () => {
    const head = new Map<string, string>()
    for (const { order_id, ordered_at, email } of lines) {
      const known = head.get(order_id)
      if (known !== undefined && known !== `${ordered_at} ${email}`) throw new Error(`${order_id} is two orders`)
      head.set(order_id, `${ordered_at} ${email}`)
    }
    expect(lines.every(({ ordered_at }, index) => index === 0 || ordered_at >= (lines[index - 1] as SimulatedOrderLine).ordered_at)).toBe(true)
    const ids = [...shop.events()].map(({ event_id }) => event_id)
    expect(new Set(ids).size).toBe(ids.length)
  })
  // 52-week means per weekday: some 8,000 units each, so chance is about 1–2%.
  it("shows the weekday factors in its sales", () => {
    const units = new Float64Array(7)
    for (const line of sales) if (dayOf(line) < 728) units[(dayNumber(line.ordered_at.slice(0, 10)) + 3) % 7]! += line.quantity
    const mean = sum(units) / 7
    for (const [weekday, factor] of truth.weekday.entries()) expect(Math.abs((units[weekday] as number) / mean / factor - 1)).toBeLessThan(0.06)
  })
  it("sells garden things in June, gifts before Christmas", () => {
    const isOf = (sku: string, categories: string[]) => productOf.get(sku)?.categories.some((name) => categories.includes(name))
    const unitsOf = (categories: string[], month: string) =>
      sum(sales.filter(({ sku, ordered_at }) => ordered_at.slice(5, 7) === month && isOf(sku, categories)).map(({ quantity }) => quantity))
    // The curve: 1.6 in mid June to 0.4 in mid December.
    expect(unitsOf(["garden-and-outdoor"], "06") / unitsOf(["garden-and-outdoor"], "12")).toBeGreaterThan(2)
    // The curve: up to 2.3 in December, 0.82 in May.
    const gifts = ["candles", "mugs-and-cups", "glassware", "plates-and-bowls"]
    expect(unitsOf(gifts, "12") / unitsOf(gifts, "05")).toBeGreaterThan(1.5)
  })
  it("sells more while a price is down, by the factor the truth names", () => {
    let during = 0
    let without = 0
    let wanted = 0
    for (const { sku, from, to, uplift, discount } of truth.promotions) {
      const variant = truth.skus.indexOf(sku)
      const units = sold.get(sku) as Float64Array
      expect(uplift).toBeGreaterThan(1 / (1 - discount))
      for (let day = from; day <= to; day += 1) {
        during += units[day] as number
        wanted += expected(variant, day)
        without += expected(variant, day) / uplift
      }
    }
    expect(during / without).toBeGreaterThan(1.5)
    // Sales stay below demand only by what stock-outs lose.
    expect(during / wanted).toBeGreaterThan(0.8)
    expect(during / wanted).toBeLessThan(1.05)
    const cheap = sales.filter(({ discount }) => discount > 0).length
    expect(cheap / sales.length).toBeGreaterThan(0.05)
    expect(cheap / sales.length).toBeLessThan(0.4)
  })
  it("sells what is expected but for what stock-outs lose", () => {
    let demand = 0
    let lost = 0
    for (let variant = 0; variant < 300; variant += 1) for (let location = 0; location < 2; location += 1) {
      for (let day = 0; day < truth.days; day += 1) {
        demand += truth.expectedDemand(variant, location, day)
        lost += truth.lostUnits(variant, location, day)
      }
    }
    const units = sum(sales.map(({ quantity }) => quantity))
    expect(Math.abs((units + lost) / demand - 1)).toBeLessThan(0.02)
    expect(lost / demand).toBeGreaterThan(0.01)
    expect(lost / demand).toBeLessThan(0.1)
  })
  it("has runs of days on which a good seller sold nothing because it was out", () => {
    const runs = truth.skus.filter((_, variant) => {
      let run = 0
      for (let day = 0; day < truth.days; day += 1) {
        const out = truth.lostUnits(variant, 0, day) > 0 && (sold.get(truth.skus[variant] as string) as Float64Array)[day] === 0
        run = out ? run + 1 : 0
        if (run >= 2) return true
      }
      return false
    })
    expect(runs.length).toBeGreaterThan(10)
  })
  it("has newcomers without a sale before their launch, and slow and lumpy sellers", () => {
    const count = (style: string) => truth.styles.filter((found) => found === style).length
    for (const style of ["newcomer", "slow", "lumpy"]) expect(count(style)).toBeGreaterThanOrEqual(8)
    for (const [variant, sku] of truth.skus.entries()) {
      const launch = dayNumber(productOf.get(sku)?.launchedOn ?? "") - dayNumber(truth.firstDay)
      expect(sum((sold.get(sku) as Float64Array).subarray(0, launch))).toBe(0)
      if (truth.styles[variant] === "newcomer") expect(launch).toBeGreaterThanOrEqual(truth.days - 56)
    }
    const idleShare = (sku: string) => (sold.get(sku) as Float64Array).filter((units) => units === 0).length / truth.days
    const slow = truth.skus.filter((_, variant) => truth.styles[variant] === "slow").map(idleShare)
    expect(sum(slow) / slow.length).toBeGreaterThan(0.9)
  })
  it("leaves a stock with empty shelves, full ones and goods under way", () => {
    const cover = shop.stock.map(({ sku, location, onHand }) => {
      const variant = truth.skus.indexOf(sku)
      const place = shop.locations.findIndex(({ name }) => name === location)
      let month = 0
      for (let day = truth.days; day < truth.days + 30; day += 1) month += truth.expectedDemand(variant, place, day)
      return (onHand / month) * 30
    })
    expect(cover.filter((days) => days < 5).length).toBeGreaterThan(10)
    expect(cover.filter((days) => days > 120).length).toBeGreaterThan(50)
    expect(shop.stock.every(({ onHand, incoming }) => Number.isInteger(onHand) && onHand >= 0 && incoming >= 0)).toBe(true)
    expect(shop.stock.filter(({ incoming }) => incoming > 0).length).toBeGreaterThan(50)
  })
  it("sells group members together far more often than chance", () => {
    const baskets = new Map<string, Set<string>>()
    for (const { order_id, sku } of sales) baskets.set(order_id, (baskets.get(order_id) ?? new Set()).add(sku))
    const share = (test: (basket: Set<string>) => boolean) => sum([...baskets.values()].map((basket) => (test(basket) ? 1 : 0))) / baskets.size
    expect(truth.groups.length).toBeGreaterThan(8)
    for (const [a, b] of truth.groups as [string, string][]) {
      expect(share((basket) => basket.has(a) && basket.has(b)) / (share((basket) => basket.has(a)) * share((basket) => basket.has(b)))).toBeGreaterThan(3)
    }
  })
  it("has customers who buy what they like, and come back", () => {
    const bought = new Map<string, number[]>()
    for (const { email, sku } of sales) bought.set(email, [...(bought.get(email) ?? []), truth.leafCategories.indexOf(productOf.get(sku)?.categories[0] ?? "")])
    const likings: number[] = []
    for (const [customer, { email }] of shop.customers.entries()) {
      const leaves = bought.get(email) ?? []
      if (leaves.length >= 10) likings.push(sum(leaves.map((leaf) => truth.tastes[customer]?.[leaf] ?? 0)) / leaves.length)
    }
    expect(likings.length).toBeGreaterThan(1000)
    // Without taste a purchase would meet the mean liking, 1/36 = 0.028.
    expect(sum(likings) / likings.length).toBeGreaterThan(2.5 / 36)
    for (const taste of truth.tastes) expect(sum(taste)).toBeCloseTo(1, 9)
  })
  it("has kits made of other variants, which sell and have no stock of their own", () => {
    expect(shop.kits).toHaveLength(6)
    for (const { sku, components } of shop.kits) {
      expect(components.length).toBeGreaterThanOrEqual(2)
      expect(components.every((part) => part.quantity >= 1 && shop.stock.some((stock) => stock.sku === part.sku))).toBe(true)
      expect(shop.stock.some((stock) => stock.sku === sku)).toBe(false)
      expect(sum(sold.get(sku) as Float64Array)).toBeGreaterThan(0)
    }
  })
})

describe("simulateShop() at the tests' scale", () => {
  const files = (seed: number) => {
    const shop = simulateShop({ seed, asOf: "2026-03-01", scale: SMALL_SCALE })
    return [JSON.stringify([shop.products, shop.stock, shop.customers, shop.kits, shop.supply]), [...ordersToCsv(shop)].join(""), [...eventsToCsv(shop)].join("")]
  }
  it("is the same shop for a seed, another for another", () => {
    expect(files(1)).toEqual(files(1))
    expect(files(1)[1]).not.toEqual(files(2)[1])
  })
  it("gives the same events when they are walked again", () => {
    const shop = simulateShop({ seed: 1, asOf: "2026-03-01", scale: SMALL_SCALE })
    expect([...shop.events()]).toEqual([...shop.events()])
  })
  it.each([1, 2, 3, 4, 5])("keeps to its size with seed %d", (seed) => {
    const shop = simulateShop({ seed, asOf: "2026-03-01", scale: SMALL_SCALE })
    expect(shop.truth.skus).toHaveLength(20)
    const orders = new Set([...shop.orders()].map((line) => line.order_id)).size
    expect(orders).toBeGreaterThan(400)
    expect(orders).toBeLessThan(800)
    expect(shop.kits).toHaveLength(1)
  })
})
