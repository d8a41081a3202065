import { askedFor, simulateShop, SMALL_SCALE } from "../../../../demo/simulator"

describe("askedFor()", () => {
  const shop = simulateShop({ seed: 3, asOf: "2026-06-30", scale: SMALL_SCALE })
  const { firstDay, items } = askedFor(shop, 14)
  const total = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0)

  it("keeps the last days of every variant at every location", () => {
    expect(firstDay).toBe("2026-06-17")
    expect(items).toHaveLength(shop.truth.skus.length * shop.locations.length)
    expect(new Set(items.map(({ units }) => units.length))).toEqual(new Set([14]))
  })
  it("is what was sold and what found no stock", () => {
    const sold = total(Array.from(shop.orders(), ({ status, ordered_at: at, quantity }) => (status !== "canceled" && at.slice(0, 10) >= firstDay ? quantity : 0)))
    const lost = total(
      shop.truth.skus.flatMap((_, variant) => shop.locations.flatMap((__, location) => Array.from({ length: 14 }, (___, day) => shop.truth.lostUnits(variant, location, shop.truth.days - 14 + day))))
    )
    expect(lost).toBeGreaterThan(0)
    expect(total(items.flatMap(({ units }) => units))).toBe(sold + lost)
  })
  it("keeps a shorter history whole", () => expect(askedFor(shop, 1000).firstDay).toBe(shop.truth.firstDay))
})
