import { STATISTICAL_MODELS } from "../../src/domain/demand/registry"
import { QUANTILE_LEVELS, type DemandForecast } from "../../src/domain/demand/types"
import { createRandom } from "../../src/domain/random"
import { aPanel, aSeries } from "../support/demand-builders"

const WEEKS = 80
const ORIGIN = 70
const HORIZON = 6

/** 60 series of all kinds: smooth, seasonal, sparse, young, with gaps, dead. */
function mixedPanel(seed: number) {
  const random = createRandom(seed)
  return aPanel(
    Array.from({ length: 60 }, (_, index) => {
      const start = index % 6 === 3 ? 64 : 0
      const units = Array.from({ length: WEEKS }, (_, week) => {
        if (week < start || (index % 6 === 4 && week % 9 === 5)) return NaN
        if (index % 6 === 2) return random() < 0.2 ? Math.ceil(5 * random()) : 0
        if (index % 6 === 5) return week < 20 ? 3 : 0
        return Math.round((10 + index) * (1 + 0.5 * Math.sin((2 * Math.PI * week) / 52)) * (0.5 + random()))
      })
      return aSeries(units, { category: index % 2 ? "odd" : "even" })
    })
  )
}

const numbersOf = (forecasts: DemandForecast[]) => forecasts.map(({ seriesId, mean, quantiles }) => [seriesId, ...mean, ...quantiles])

describe.each(STATISTICAL_MODELS.map((model) => [model.name, model] as const))("demand model %s", (_, model) => {
  it("answers every series in the panel's order, with one row a period ahead", () => {
    const panel = mixedPanel(1)
    const forecasts = model.forecast(panel, ORIGIN, HORIZON)
    expect(forecasts.map(({ seriesId }) => seriesId)).toEqual(panel.series.map(({ seriesId }) => seriesId))
    for (const forecast of forecasts) {
      expect(forecast.mean).toHaveLength(HORIZON)
      expect(forecast.quantiles).toHaveLength(HORIZON * QUANTILE_LEVELS.length)
    }
  })

  it("gives finite numbers ≥ 0 and quantiles that never fall", () => {
    for (const { mean, quantiles } of model.forecast(mixedPanel(2), ORIGIN, HORIZON)) {
      expect([...mean, ...quantiles].every((value) => Number.isFinite(value) && value >= 0)).toBe(true)
      for (let at = 1; at < quantiles.length; at++) {
        if (at % QUANTILE_LEVELS.length !== 0) expect(quantiles[at]).toBeGreaterThanOrEqual(quantiles[at - 1] ?? 0)
      }
    }
  })

  it("reads nothing at or after the origin", () => {
    const panel = mixedPanel(3)
    const changed = {
      ...panel,
      series: panel.series.map((series) => ({
        ...series,
        units: series.units.map((units, week) => (week < ORIGIN ? units : 1e6 + week)),
        price: series.price.map((price, week) => (week < ORIGIN ? price : 1e6)),
      })),
    }
    expect(numbersOf(model.forecast(changed, ORIGIN, HORIZON))).toEqual(numbersOf(model.forecast(panel, ORIGIN, HORIZON)))
  })

  it("keeps a flat series flat and sure", () => {
    const panel = aPanel(Array.from({ length: 3 }, () => aSeries(new Array<number>(WEEKS).fill(7))))
    const expectation = model.name === "croston-sba" ? 0.95 * 7 : 7 // Croston's correction takes α / 2 off
    for (const { mean, quantiles } of model.forecast(panel, ORIGIN, HORIZON)) {
      mean.forEach((value) => expect(value).toBeCloseTo(expectation, 10))
      quantiles.forEach((value) => expect(value).toBeCloseTo(7, 10))
    }
  })

  it("keeps zeros at zero", () => {
    const panel = aPanel([aSeries(new Array<number>(WEEKS).fill(0)), ...mixedPanel(4).series])
    const [zero] = model.forecast(panel, ORIGIN, HORIZON)
    expect([...(zero?.mean ?? []), ...(zero?.quantiles ?? [])].every((value) => value === 0)).toBe(true)
  })

  it("does not take a gap for zeros", () => {
    const gap = (fill: number) => aPanel(Array.from({ length: 3 }, () => aSeries(Array.from({ length: WEEKS }, (_, week) => (week >= 55 && week < 68 ? fill : 7)))))
    const [unknown] = model.forecast(gap(NaN), ORIGIN, HORIZON)
    const [known] = model.forecast(gap(7), ORIGIN, HORIZON)
    unknown?.mean.forEach((value, ahead) => expect(value).toBeCloseTo(known?.mean[ahead] ?? 0, 10))
  })

  it("is empty for a horizon of 0, and for an empty panel", () => {
    const [forecast] = model.forecast(mixedPanel(5), ORIGIN, 0)
    expect([forecast?.mean.length, forecast?.quantiles.length]).toEqual([0, 0])
    expect(model.forecast(aPanel([]), 0, HORIZON)).toEqual([])
  })

  it("is silent about a series that nothing is known of yet", () => {
    const panel = aPanel([aSeries(Array.from({ length: WEEKS }, (_, week) => (week < 75 ? NaN : 5))), ...mixedPanel(6).series])
    const [later] = model.forecast(panel, ORIGIN, HORIZON)
    expect([...(later?.mean ?? []), ...(later?.quantiles ?? [])].every((value) => value === 0)).toBe(true)
  })

  it("says the same twice", () => {
    expect(numbersOf(model.forecast(mixedPanel(7), ORIGIN, HORIZON))).toEqual(numbersOf(model.forecast(mixedPanel(7), ORIGIN, HORIZON)))
  })
})
