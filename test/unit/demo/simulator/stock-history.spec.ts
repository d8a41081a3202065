import { simulateShop, SMALL_SCALE, stockHistoryToCsv } from "../../../../demo/simulator"
import { addDays } from "../../../../src/domain/day"

describe("stockHistoryToCsv()", () => {
  const shop = simulateShop({ seed: 3, asOf: "2026-06-30", scale: SMALL_SCALE })
  const { truth, locations } = shop
  const [header, ...lines] = [...stockHistoryToCsv(shop)]
  const rows = lines.map((line) => line.trimEnd().split(","))
  const at = (variant: number, location: number, day: number) => rows[(variant * locations.length + location) * truth.days + day]!
  const places = truth.skus.flatMap((_, variant) => locations.flatMap((__, location) => Array.from({ length: truth.days }, (___, day) => [variant, location, day] as const)))

  it("has every day of every variant at every location", () => {
    expect(header).toBe("sku,location,day,stocked,in_stock\n")
    expect(rows).toHaveLength(truth.skus.length * locations.length * truth.days)
    expect(at(1, 0, 2).slice(0, 3)).toEqual([truth.skus[1], locations[0]!.name, addDays(truth.firstDay, 2)])
  })
  it("is short just where somebody went away without, or there was nothing to find", () => {
    const short = places.filter(([variant, location, day]) => Number(at(variant, location, day)[4]) < 1)
    const lacking = places.filter(([variant, location, day]) => truth.lostUnits(variant, location, day) > 0 || truth.unitsAtOpening(variant, location, day) === 0)
    const soldOfNothing = lacking.length - short.length // came in and was sold on a day that began with nothing
    expect(short.length).toBeGreaterThan(20)
    expect(soldOfNothing).toBeGreaterThanOrEqual(0)
    expect(soldOfNothing).toBeLessThan(0.1 * lacking.length)
    for (const [variant, location, day] of short) expect(truth.lostUnits(variant, location, day) > 0 || truth.unitsAtOpening(variant, location, day) === 0).toBe(true)
  })
  it("tells the share of buyers who found it", () => {
    const [variant, location, day] = places.find((place) => truth.lostUnits(...place) > 0 && truth.unitsAtOpening(...place) > 0)!
    const [sku, name, on] = at(variant, location, day)
    const lines = Array.from(shop.orders()).filter((line) => line.sku === sku && line.location === name && line.ordered_at.startsWith(on!) && line.status !== "canceled")
    const sold = lines.reduce((sum, { quantity }) => sum + quantity, 0)
    expect(Number(at(variant, location, day)[4])).toBeCloseTo(sold / (sold + truth.lostUnits(variant, location, day)), 12)
  })
})
