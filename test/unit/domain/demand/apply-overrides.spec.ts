import { addDays } from "../../../../src/domain/day"
import { applyOverrides, type ForecastOverride } from "../../../../src/domain/demand/apply-overrides"
import { QUANTILE_LEVELS } from "../../../../src/domain/demand/types"
import fc from "../../../support/properties"

const LEVELS = QUANTILE_LEVELS.length
const MONDAY = "2026-03-02"
const forecast = (mean: readonly number[], quantiles = mean.flatMap((units) => QUANTILE_LEVELS.map((level) => 2 * units * level))) => ({ firstDay: MONDAY, frequency: "week" as const, mean, quantiles })
const units = (fromDay: string, toDay: string, unitsPerWeek: number): ForecastOverride => ({ fromDay, toDay, unitsPerWeek, factor: null })
const factor = (fromDay: string, toDay: string, times: number): ForecastOverride => ({ fromDay, toDay, unitsPerWeek: null, factor: times })
const row = (quantiles: readonly number[], week: number) => quantiles.slice(week * LEVELS, (week + 1) * LEVELS)

describe("applyOverrides()", () => {
  it("sets whole weeks to the units said and keeps the band's relative width", () => {
    const { mean, quantiles } = applyOverrides(forecast([10, 10, 10]), [units("2026-03-09", "2026-03-15", 30)])
    expect(mean).toEqual([10, 30, 10])
    row(quantiles, 1).forEach((value, index) => expect(value).toBeCloseTo(60 * QUANTILE_LEVELS[index]!, 9))
    expect(row(quantiles, 0)).toEqual(row(forecast([10]).quantiles, 0))
  })

  it("counts each day of a week as a seventh", () => {
    // Saturday and Sunday at 24 a week: 5/7 · 10 + 2/7 · 24 = 14; then five weekdays at half of 10: 2/7 · 10 + 5/7 · 5 = 45/7
    expect(applyOverrides(forecast([10, 10, 10]), [units("2026-03-07", "2026-03-08", 24)]).mean[0]).toBeCloseTo(14, 12)
    expect(applyOverrides(forecast([10, 10, 10]), [factor("2026-03-02", "2026-03-06", 0.5)]).mean[0]).toBeCloseTo(45 / 7, 12)
  })

  it("lets the last given hold where two speak of one day", () =>
    expect(applyOverrides(forecast([10, 10, 10]), [units(MONDAY, "2026-03-15", 70), units("2026-03-09", "2026-03-10", 0)]).mean).toEqual([70, 50, 10]))

  it("leaves alone what it does not speak of, and forecasts that are not weekly", () => {
    const given = forecast([10, 10])
    expect(applyOverrides(given, [])).toBe(given)
    expect(applyOverrides(given, [units("2026-01-01", "2026-03-01", 5)])).toBe(given)
    const daily = { ...given, frequency: "day" as const }
    expect(applyOverrides(daily, [units(MONDAY, "2026-03-15", 5)])).toBe(daily)
  })

  it("goes on with the model's own last week behind an override that reaches the horizon or beyond", () => {
    expect(applyOverrides(forecast([10, 12]), [units("2026-03-09", "2026-03-15", 50)]).mean).toEqual([10, 50, 12])
    expect(applyOverrides(forecast([10, 12]), [units("2026-03-16", "2026-03-29", 50)]).mean).toEqual([10, 12, 50, 50, 12])
  })

  it("becomes Poisson where the forecast has no shape to keep", () => {
    const nothing = forecast([0, 0], new Array<number>(2 * LEVELS).fill(0))
    const { mean, quantiles } = applyOverrides(nothing, [units(MONDAY, "2026-03-08", 2)])
    expect(mean[0]).toBe(2)
    expect(row(quantiles, 0)[QUANTILE_LEVELS.indexOf(0.5)]).toBe(2)
    expect(row(quantiles, 0)[QUANTILE_LEVELS.indexOf(0.95)]).toBe(5) // P(X ≤ 4) = .947, P(X ≤ 5) = .983
  })

  it("has the mean that was said, and quantiles that ascend and are none below 0, whatever was forecast", () => {
    const week = fc.record({ mean: fc.double({ min: 0, max: 1e6, noNaN: true }), steps: fc.array(fc.double({ min: 0, max: 1e3, noNaN: true }), { minLength: LEVELS, maxLength: LEVELS }) })
    const weeks = fc.array(week, { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(weeks, fc.double({ min: 0, max: 1e6, noNaN: true }), fc.nat({ max: 9 }), fc.nat({ max: 9 }), (given, said, from, length) => {
        const quantiles = given.flatMap(({ steps }) => steps.map((_, index) => steps.slice(0, index + 1).reduce((sum, step) => sum + step, 0)))
        const override = units(addDays(MONDAY, 7 * from), addDays(MONDAY, 7 * (from + length) + 6), said)
        const after = applyOverrides(forecast(given.map(({ mean }) => mean), quantiles), [override])
        expect(after.quantiles).toHaveLength(after.mean.length * LEVELS)
        for (let at = from; at <= from + length; at++) expect(Math.abs((after.mean[at] ?? NaN) - said)).toBeLessThanOrEqual(1e-9 * Math.max(1, said))
        for (const [at] of after.mean.entries()) {
          const levels = row(after.quantiles, at)
          levels.forEach((value, index) => expect(value >= (levels[index - 1] ?? 0)).toBe(true))
        }
      })
    )
  })
})
