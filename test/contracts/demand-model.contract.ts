import { NAMED_MODELS } from "../../src/domain/demand/registry"
import { QUANTILE_LEVELS, type DemandForecast, type DemandSeries } from "../../src/domain/demand/types"
import { createRandom } from "../../src/domain/random"
import { aPanel, aSeries } from "../support/demand-builders"

const WEEKS = 80
const ORIGIN = 70
const HORIZON = 4

/** Series of six kinds, two each unless more are asked for: smooth, seasonal, sparse, young, with gaps, dead. */
function mixedPanel(seed: number, count = 12) {
  const random = createRandom(seed)
  return aPanel(
    Array.from({ length: count }, (_, index) => {
      const start = index % 6 === 3 ? 64 : 0
      const units = Array.from({ length: WEEKS }, (_, week) => {
        if (week < start || (index % 6 === 4 && week % 9 === 5)) return NaN
        if (index % 6 === 2) return random() < 0.2 ? Math.ceil(5 * random()) : 0
        if (index % 6 === 5) return week < 20 ? 3 : 0
        return Math.round((10 + 2 * index) * (1 + 0.5 * Math.sin((2 * Math.PI * week) / 52)) * (0.5 + random()))
      })
      return aSeries(units, { category: index % 2 ? "odd" : "even" })
    })
  )
}

const SUMS = [1, 3, HORIZON]
/** Members whose mean is that of draws or of quantiles. */
const DRAWN = new Set(["willemain", "quantile-regression"])
/** Members that take every sale for a count: at least as uncertain as Poisson. */
const UNSURE = new Set(["negative-binomial-smoothing", "willemain"])

const numbersOf = (forecasts: DemandForecast[]) =>
  forecasts.map(({ seriesId, mean, quantiles, sums = [] }) => [seriesId, ...mean, ...quantiles, ...sums.flatMap((sum) => [sum.periods, sum.mean, ...sum.quantiles])])

/** Every number finite and ≥ 0, every row of quantiles ascending. */
function expectSound(forecasts: DemandForecast[], kind: string) {
  const wrong = forecasts.flatMap(({ seriesId, mean, quantiles, sums = [] }) => {
    const rows = [quantiles, ...sums.map((sum) => sum.quantiles)]
    const numbers = [...mean, ...sums.map((sum) => sum.mean), ...rows.flatMap((row) => [...row])]
    const falls = rows.some((row) => row.some((value, at) => at % QUANTILE_LEVELS.length !== 0 && value < (row[at - 1] ?? 0)))
    return falls || numbers.some((value) => !(Number.isFinite(value) && value >= 0)) ? [`${kind}: ${seriesId}`] : []
  })
  expect(wrong).toEqual([])
}

const weeks = (unitsAt: (week: number) => number, count = WEEKS) => Array.from({ length: count }, (_, week) => unitsAt(week))
const wave = (week: number) => 20 + (week % 5)

/** What comes in files: each kind alone, and beside ordinary series. */
const BAD: Record<string, DemandSeries> = {
  "one point": aSeries(weeks((week) => (week < ORIGIN - 1 ? NaN : 4))),
  "two points": aSeries(weeks((week) => (week < ORIGIN - 2 ? NaN : 4 + (week % 2)))),
  "five points": aSeries(weeks((week) => (week < ORIGIN - 5 ? NaN : week % 5))),
  "all zeros": aSeries(weeks(() => 0)),
  constant: aSeries(weeks(() => 3)),
  "a spike of 80,995": aSeries(weeks((week) => (week === ORIGIN - 2 ? 80_995 : 2))),
  "a gap of a year": aSeries(weeks((week) => (week > 5 && week < 58 ? NaN : wave(week)))),
  "nothing known lately": aSeries(weeks((week) => (week > 30 ? NaN : wave(week)))),
  "sales in dollars": aSeries(weeks((week) => 12_345.67 + 1000 * Math.sin(week))),
  "no price": aSeries(weeks(wave), { price: new Float64Array(WEEKS).fill(NaN) }),
  "price 0": aSeries(weeks(wave), { price: new Float64Array(WEEKS) }),
}

describe.each(NAMED_MODELS.map((model) => [model.name, model] as const))("demand model %s", (_, model) => {
  it("answers every series in the panel's order, with one row a period ahead", () => {
    const panel = mixedPanel(1)
    const forecasts = model.forecast(panel, ORIGIN, HORIZON)
    expect(forecasts.map(({ seriesId }) => seriesId)).toEqual(panel.series.map(({ seriesId }) => seriesId))
    for (const forecast of forecasts) {
      expect(forecast.mean).toHaveLength(HORIZON)
      expect(forecast.quantiles).toHaveLength(HORIZON * QUANTILE_LEVELS.length)
    }
  })

  it("gives finite numbers ≥ 0 and quantiles that never fall", () => expectSound(model.forecast(mixedPanel(2, 30), ORIGIN, HORIZON, SUMS), "mixed"))

  it("makes something of a single series, whatever it is like", () => {
    for (const [kind, series] of Object.entries(BAD)) expectSound(model.forecast(aPanel([series]), ORIGIN, HORIZON, SUMS), kind)
  })

  it("makes something of bad series among others, as days, weeks and months", () => {
    for (const frequency of ["day", "week", "month"] as const) {
      expectSound(model.forecast(aPanel([...mixedPanel(8).series, ...Object.values(BAD)], frequency), ORIGIN, HORIZON, SUMS), frequency)
    }
  })

  it("answers a horizon longer than the history", () => {
    for (const origin of [1, 2, 5]) expectSound(model.forecast(aPanel([aSeries(weeks(wave, 20)), aSeries(weeks(() => 0, 20))]), origin, 12, [1, 12]), `origin ${origin}`)
  })

  it("gives sums of the periods that are asked for and within the horizon, or none at all", () => {
    for (const { sums, mean } of model.forecast(mixedPanel(9), ORIGIN, HORIZON, [1, 3, HORIZON + 1])) {
      expect(sums?.map(({ periods }) => periods)).toEqual([1, 3])
      const three = mean.subarray(0, 3).reduce((sum, value) => sum + value, 0)
      if (!DRAWN.has(model.name)) expect(sums?.[1]?.mean).toBeCloseTo(three, 6)
    }
    expect(model.forecast(aPanel([aSeries(weeks(wave))]), ORIGIN, HORIZON)[0]?.sums).toBeUndefined()
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
      mean.forEach((value) => expect(Math.abs(value - expectation)).toBeLessThan(DRAWN.has(model.name) ? 0.7 : 1e-3))
      if (!UNSURE.has(model.name)) quantiles.forEach((value) => expect(value).toBeCloseTo(7, 10))
    }
  })

  it("keeps zeros at zero", () => {
    const panel = aPanel([aSeries(new Array<number>(WEEKS).fill(0)), ...mixedPanel(4).series])
    const [zero] = model.forecast(panel, ORIGIN, HORIZON)
    expect([...(zero?.mean ?? []), ...(zero?.quantiles ?? [])].every((value) => value === 0)).toBe(true)
  })

  it("does not take a gap for zeros", () => {
    if (DRAWN.has(model.name)) return // other numbers are drawn, or learnt from, where periods are unknown
    const gap = (fill: number) => aPanel(Array.from({ length: 3 }, () => aSeries(Array.from({ length: WEEKS }, (_, week) => (week >= 55 && week < 68 ? fill : 7)))))
    const [unknown] = model.forecast(gap(NaN), ORIGIN, HORIZON)
    const [known] = model.forecast(gap(7), ORIGIN, HORIZON)
    unknown?.mean.forEach((value, ahead) => expect(value).toBeCloseTo(known?.mean[ahead] ?? 0, 2))
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
