import { createPathDraws } from "../../../../src/domain/demand/path-draws"
import { drawOutlook, type OutlookInput } from "../../../../src/domain/replenishment/demand-outlook"
import { OUTLOOK_DAYS, SUM_LEVELS } from "../../../../src/domain/replenishment/types"
import { aSureForecast, aUniformForecast, someSettings } from "../../../support/demand-builders"

const draws = createPathDraws({ paths: 1000, seed: 42 })
const EVEN = new Array<number>(7).fill(1 / 7)
const MONDAY = "2026-11-16"

function outlookOf(more: Partial<OutlookInput> = {}) {
  return drawOutlook({
    inventoryItemId: "item",
    locationId: "location",
    day: MONDAY,
    forecastFrom: MONDAY,
    parts: [{ forecast: aSureForecast([14]), requiredQuantity: 1, correlation: 0 }],
    weekdayProfile: EVEN,
    settings: someSettings(),
    assumed: [],
    wholeUnits: false,
    modelVersionId: null,
    historyWeeks: 20,
    draws,
    ...more,
  })
}
const at = (quantiles: readonly number[], level: number) => quantiles[SUM_LEVELS.indexOf(level as 0.5)] ?? NaN

describe("drawOutlook()", () => {
  it("adds a sure demand of 2 a day up over every stretch of time", () => {
    const outlook = outlookOf()
    expect(outlook.expectedDemand).toBeCloseTo(42, 9) // 14 + 7 days
    expect(outlook.coverDemand).toBeCloseTo(28, 9) // 14 days more
    for (const units of outlook.protectionQuantiles) expect(units).toBeCloseTo(42, 9)
    for (const units of outlook.leadTimeQuantiles) expect(units).toBeCloseTo(28, 9)
    for (let day = 0; day <= OUTLOOK_DAYS; day++) {
      expect(outlook.medianCurve[day]).toBeCloseTo(2 * day, 8)
      expect(outlook.highCurve[day]).toBeCloseTo(2 * day, 8)
      expect(outlook.serviceCurve[day]).toBeCloseTo(2 * (day + 14), 8)
    }
    expect([outlook.medianCurve, outlook.highCurve, outlook.serviceCurve].map((curve) => curve.length)).toEqual([121, 121, 121])
  })

  it("splits weeks into days by the weekday profile, from the forecast's first weekday on", () => {
    const mondaysOnly = [1, 0, 0, 0, 0, 0, 0]
    expect(outlookOf({ weekdayProfile: mondaysOnly }).medianCurve.slice(0, 9)).toEqual([0, 14, 14, 14, 14, 14, 14, 14, 28])
    const fromThursday = outlookOf({ weekdayProfile: mondaysOnly, day: "2026-11-19", forecastFrom: "2026-11-19" })
    expect(fromThursday.medianCurve.slice(0, 7)).toEqual([0, 0, 0, 0, 0, 14, 14]) // Monday is the fifth day
  })

  it("counts from the day, also when the forecasts began earlier", () => {
    const forecast = aSureForecast([7, 70])
    const outlook = outlookOf({ day: "2026-11-20", parts: [{ forecast, requiredQuantity: 1, correlation: 0 }], settings: someSettings({ leadTimeDays: 4, reviewDays: 1, coverDays: 0 }) })
    expect(outlook.expectedDemand).toBeCloseTo(3 * 1 + 2 * 10, 9) // Friday to Sunday at 1, Monday and Tuesday at 10
    expect(at(outlook.protectionQuantiles, 0.5)).toBeCloseTo(23, 9)
    expect(at(outlook.leadTimeQuantiles, 0.5)).toBeCloseTo(13, 9)
  })

  it("explodes kits and adds shared items up by required quantity", () => {
    const parts = [
      { forecast: aSureForecast([7]), requiredQuantity: 3, correlation: 0 },
      { forecast: aSureForecast([14]), requiredQuantity: 1, correlation: 0.5 },
    ]
    expect(outlookOf({ parts }).expectedDemand).toBeCloseTo(21 * (3 + 2), 9)
    expect(at(outlookOf({ parts }).protectionQuantiles, 0.9)).toBeCloseTo(105, 9)
  })

  // One week uniform on [0, 2]: its quantile q is 2 q
  it("meets the quantiles of a single week", () => {
    const settings = someSettings({ leadTimeDays: 0, reviewDays: 7 })
    const outlook = outlookOf({ parts: [{ forecast: aUniformForecast([100]), requiredQuantity: 1, correlation: 0 }], settings })
    for (const level of [0.1, 0.5, 0.95]) expect(Math.abs(at(outlook.protectionQuantiles, level) - 200 * level)).toBeLessThan(0.5)
    expect(Math.abs((outlook.serviceCurve[7] ?? 0) - 190)).toBeLessThan(0.5)
    expect(Math.abs((outlook.highCurve[7] ?? 0) - 180)).toBeLessThan(0.5)
  })

  it("puts parts of unlike variants apart: the sum of two spreads less than twice one", () => {
    const part = { forecast: aUniformForecast([100]), requiredQuantity: 1, correlation: 0.75 }
    const settings = someSettings({ leadTimeDays: 0, reviewDays: 7 })
    const [one, two] = [outlookOf({ parts: [part], settings }), outlookOf({ parts: [part, part], settings })]
    expect(at(two.protectionQuantiles, 0.95)).toBeLessThan(2 * at(one.protectionQuantiles, 0.95) - 15)
  })

  // A sure 2 a day and a lead time of 14 ± 3 days: at 97.5% 14 + 1.96 · 3 = 19.9, in whole days 20
  it("lets an unsure lead time widen the distribution", () => {
    const outlook = outlookOf({ settings: someSettings({ leadTimeSdDays: 3 }) })
    expect(at(outlook.leadTimeQuantiles, 0.5)).toBeCloseTo(28, 9)
    expect(at(outlook.leadTimeQuantiles, 0.975)).toBeCloseTo(40, 9)
    expect(at(outlook.protectionQuantiles, 0.975)).toBeCloseTo(54, 9)
    expect(outlook.expectedDemand).toBeCloseTo(42, 1)
  })

  it("never lets a lead time be negative", () => {
    const outlook = outlookOf({ settings: someSettings({ leadTimeDays: 1, leadTimeSdDays: 10 }) })
    expect(at(outlook.leadTimeQuantiles, 0.1)).toBe(0)
    expect(outlook.expectedDemand).toBeGreaterThan(2 * 8) // cutting at 0 lifts the mean
  })

  it("gives whole units where the item sells so", () => {
    const outlook = outlookOf({ parts: [{ forecast: aUniformForecast([2.6]), requiredQuantity: 1, correlation: 0.25 }], wholeUnits: true })
    for (const units of [...outlook.protectionQuantiles, ...outlook.leadTimeQuantiles]) expect(Number.isInteger(units)).toBe(true)
  })

  it("never lets a curve or a quantile fall", () => {
    const outlook = outlookOf({ parts: [{ forecast: aUniformForecast([3, 9, 1]), requiredQuantity: 1, correlation: 0.25 }], settings: someSettings({ leadTimeSdDays: 4 }), wholeUnits: true })
    for (const list of [outlook.protectionQuantiles, outlook.leadTimeQuantiles, outlook.medianCurve, outlook.highCurve, outlook.serviceCurve]) {
      list.forEach((value, index) => expect(value).toBeGreaterThanOrEqual(list[index - 1] ?? 0))
    }
  })

  it("says the same for the same seed", () => {
    const parts = [{ forecast: aUniformForecast([5, 6]), requiredQuantity: 1, correlation: 0.5 }]
    expect(outlookOf({ parts, draws: createPathDraws({ paths: 1000, seed: 42 }) })).toEqual(outlookOf({ parts }))
  })

  it("is all zeros without a forecast", () => {
    const outlook = outlookOf({ parts: [] })
    expect([outlook.expectedDemand, outlook.coverDemand, ...outlook.protectionQuantiles, ...outlook.serviceCurve].every((value) => value === 0)).toBe(true)
  })

  it("refuses a day before the forecasts and a profile that is none", () => {
    expect(() => outlookOf({ day: "2026-11-15" })).toThrow("day is 2026-11-15; expected it on or after forecastFrom 2026-11-16")
    expect(() => outlookOf({ weekdayProfile: [1, 1, 0, 0, 0, 0, 0] })).toThrow("expected 7 shares ≥ 0 that sum to 1")
  })
})
