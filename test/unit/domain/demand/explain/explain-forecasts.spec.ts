import { explainForecasts, REASON_GROUPS } from "../../../../../src/domain/demand/explain/explain-forecasts"
import { demandParts } from "../../../../../src/domain/demand/explain/demand-parts"
import { NAMED_MODELS } from "../../../../../src/domain/demand/registry"
import type { DemandModel } from "../../../../../src/domain/demand/types"
import { aPanel, aSeries, aSureForecast } from "../../../../support/demand-builders"
import fc from "../../../../support/properties"

const groups = (units: number[]) => REASON_GROUPS.map((group, at) => ({ group, units: units[at] }))
const model = (parts: Partial<ReturnType<typeof demandParts>>): DemandModel => ({
  name: "known",
  forecast: () => [aSureForecast([9, 9, 9, 9, 9])],
  explain: (_panel, _origin, _horizon, { which }) => which.map(() => demandParts(parts)),
})

describe("explainForecasts()", () => {
  it("takes the next four weeks apart, from what was sold to what is served", () => {
    const madeUp = new Float64Array(10)
    madeUp[9] = 5
    // 50 wanted in ten weeks, 45 sold: 4.5 a week; the model's 36 became 40 by what came after it
    const panel = aPanel([aSeries(new Array<number>(10).fill(5), { madeUp })])
    const [reasons] = explainForecasts(model({ trend: 10, season: 4, price: 2 }), panel, 10, [aSureForecast([10, 10, 10, 10, 10])])
    // 4 · 4.5 + trend 10 + season 4 + price 2 + 4 · 0.5 that could not be sold + 4 by whoever changed the forecast = 40
    expect(reasons).toEqual({ periods: 4, longRun: 4.5, reasons: groups([10, 4, 0, 2, 2, 4]) })
  })

  it("explains no more periods than are forecast, and says other where a part is no number", () => {
    const panel = aPanel([aSeries([5, 5])])
    expect(explainForecasts(model({ trend: NaN }), panel, 2, [aSureForecast([6, 7])])).toEqual([{ periods: 2, longRun: 5, reasons: groups([0, 0, 0, 0, 0, 3]) }])
    expect(explainForecasts(model({}), panel, 2, [aSureForecast([])])).toEqual([{ periods: 0, longRun: 5, reasons: groups([0, 0, 0, 0, 0, 0]) }])
    expect(explainForecasts(model({}), aPanel([]), 0, [])).toEqual([])
  })

  const week = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 30 }) }, { weight: 2, arbitrary: fc.constant(0) }, fc.constant(NaN), fc.constant(80_995))
  const shop = fc.integer({ min: 1, max: 60 }).chain((weeks) => fc.array(fc.array(week, { minLength: weeks, maxLength: weeks }), { minLength: 1, maxLength: 4 }))
  it.each(NAMED_MODELS.map((one) => [one.name, one] as const))("sums to the forecast whatever was sold: %s", (_name, one) => {
    fc.assert(
      fc.property(shop, (units) => {
        const panel = aPanel(units.map((weeks) => aSeries(weeks)))
        const origin = panel.periods.length
        const forecasts = one.forecast(panel, origin, 4)
        explainForecasts(one, panel, origin, forecasts).forEach(({ periods, longRun, reasons }, at) => {
          const expected = forecasts[at]!.mean.reduce((sum, mean) => sum + mean, 0)
          const sum = reasons.reduce((total, reason) => total + reason.units, periods * longRun)
          expect(Math.abs(sum - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, expected, periods * longRun))
        })
      }),
      { numRuns: 8, seed: 5 }
    )
  })

  it.each(NAMED_MODELS.filter(({ explain }) => explain).map((one) => [one.name, one] as const))("leaves nothing of a statistical member to other: %s", (_name, one) => {
    const panel = aPanel([0, 1, 2].map((item) => aSeries(Array.from({ length: 40 }, (_, period) => (period * (item + 3)) % 7))))
    for (const { reasons } of explainForecasts(one, panel, 40, one.forecast(panel, 40, 4))) expect(reasons.at(-1)?.units).toBeCloseTo(0, 9)
  })
})
