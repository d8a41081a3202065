import type { Stores } from "../../../../src/database/stores"
import type { DemandOverride, NewDemandOverride, PastOverride } from "../../../../src/database/stores/demand-override-store"
import { QUANTILE_LEVELS } from "../../../../src/domain/demand/types"
import { compared, DemandOverrides, type OverrideWish } from "../../../../src/modules/foresight/demand-overrides"
import type { ShopQuery } from "../../../../src/shop/shop-query"

const query = {} as ShopQuery
const now = new Date("2026-03-04T23:30:00Z") // the 5th in Berlin
const mean = [7, 14, 21, 28]
const forecast = { variantId: "v", locationId: "l", firstDay: "2026-03-02", frequency: "week", horizon: 4, mean, quantiles: mean.flatMap((units) => QUANTILE_LEVELS.map((level) => 2 * units * level)) }
const wish = (own: Partial<OverrideWish> = {}): OverrideWish => ({ variantId: "v", locationId: "l", fromDay: "2026-03-09", toDay: "2026-03-22", unitsPerWeek: 70, factor: null, note: null, ...own })

function setUp(active: Partial<DemandOverride>[] = []) {
  const added: NewDemandOverride[] = []
  const followed: string[] = []
  const stores = {
    forecasts: { ofVariants: async (ids: string[]) => (ids.includes("v") ? [forecast] : []) },
    demandOverrides: { active: async () => active, add: async (override: NewDemandOverride) => void added.push(override), end: async (id: string, by: string, at: Date, on: string) => ({ ...wish(), id, endedBy: by, endedAt: at, endedOn: on }) },
  } as unknown as Stores
  const overrides = new DemandOverrides(stores, { forecastChanged: async (_query, variantId, locationId) => void followed.push(`${variantId}@${locationId}`) }, "Europe/Berlin", () => now)
  return { overrides, added, followed }
}

describe("DemandOverrides", () => {
  it("keeps what was said beside what the forecast said of the same days, and lets advice follow", async () => {
    const { overrides, added, followed } = setUp()
    await overrides.add(query, wish(), "user_1")
    // two weeks: 14 + 21 against 2 · 70
    expect(added).toMatchObject([{ createdBy: "user_1", createdAt: now, forecastUnits: expect.closeTo(35, 9) as number, overrideUnits: expect.closeTo(140, 9) as number }])
    expect(followed).toEqual(["v@l"])
  })

  it("multiplies the forecast by a factor, days before its first like the first week, days behind the horizon like the last", async () => {
    const { overrides, added } = setUp()
    await overrides.add(query, wish({ fromDay: "2026-02-28", toDay: "2026-03-08", unitsPerWeek: null, factor: 2 }), "user_1")
    expect(added[0]?.forecastUnits).toBeCloseTo(9, 9) // 9 days at 7 a week
    await overrides.add(query, wish({ fromDay: "2026-03-30", toDay: "2026-04-05", unitsPerWeek: null, factor: 0.5 }), "user_1")
    await overrides.add(query, wish({ fromDay: "2026-03-14", toDay: "2026-03-17", unitsPerWeek: 70 }), "user_1")
    expect([added[2]?.forecastUnits, added[2]?.overrideUnits]).toEqual([expect.closeTo(10, 9), expect.closeTo(40, 9)]) // parts of two weeks: 2 · 14/7 + 2 · 21/7, and four days of 10
    expect([added[1]?.forecastUnits, added[1]?.overrideUnits]).toEqual([expect.closeTo(28, 9), expect.closeTo(14, 9)])
  })

  it("refuses what is over in the shop's time zone, what is not forecast, and too many at once", async () => {
    const { overrides, added, followed } = setUp()
    await expect(overrides.add(query, wish({ fromDay: "2026-03-01", toDay: "2026-03-04" }), "u")).rejects.toMatchObject({ code: "invalid_settings" })
    await expect(overrides.add(query, wish({ variantId: "w" }), "u")).rejects.toMatchObject({ code: "not_found" })
    await expect(overrides.add(query, wish({ locationId: "elsewhere" }), "u")).rejects.toMatchObject({ code: "not_found" })
    const many = setUp(Array.from({ length: 20 }, () => ({ ...wish(), createdBy: "u" })))
    await expect(many.overrides.add(query, wish(), "u")).rejects.toMatchObject({ code: "conflict" })
    expect([added, followed]).toEqual([[], []])
  })

  it("ends one as of the shop's day, and lets advice follow", async () => {
    const { overrides, followed } = setUp()
    expect(await overrides.end(query, "o1", "user_2")).toMatchObject({ id: "o1", endedBy: "user_2", endedOn: "2026-03-05" })
    expect(followed).toEqual(["v@l"])
  })
})

describe("compared()", () => {
  const past = (own: Partial<PastOverride>) => compared({ forecastUnits: 20, overrideUnits: 40, soldUnits: 0, daysHeld: 14, daysSet: 14, ...own } as PastOverride)
  it("says who was nearer", () => {
    expect(past({ soldUnits: 39 }).nearer).toBe("override")
    expect(past({ soldUnits: 10 }).nearer).toBe("forecast")
    expect(past({ soldUnits: 30 }).nearer).toBe("equal")
  })
  it("says so where it never held", () => expect(past({ daysHeld: 0 })).toEqual({ forecastUnits: 20, overrideUnits: 40, nearer: "never" }))
  it("compares the part of the days on which it held", () => expect(past({ soldUnits: 19, daysHeld: 7 })).toEqual({ forecastUnits: 10, overrideUnits: 20, nearer: "override" }))
})
