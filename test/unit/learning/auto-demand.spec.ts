import fc from "fast-check"
import { addDays } from "../../../src/domain/day"
import { DEMAND_CLASSES } from "../../../src/domain/demand/class-of"
import { QUANTILE_LEVELS, type DemandForecast, type DemandPanel, type Frequency } from "../../../src/domain/demand/types"
import { createRandom } from "../../../src/domain/random"
import { demandModelNames, fitAutoDemand, type AutoDemandOptions } from "../../../src/learning/auto-demand"
import { smallPanel } from "../../support/demand-panels"

const options = (more: Partial<AutoDemandOptions> = {}): AutoDemandOptions => ({ horizon: 3, sums: [1, 2, 3], seed: 1, threads: 1, ...more })
const LEVELS = QUANTILE_LEVELS.length

/** Fitted on a whole panel and asked from its end on. */
async function autoDemand(panel: DemandPanel, asked: AutoDemandOptions) {
  const origin = panel.periods.length
  const { model, choice } = await fitAutoDemand(panel, origin, asked)
  return { choice, forecasts: model.forecast(panel, origin, asked.horizon, asked.sums) }
}

/** What every forecast must be, whatever was asked of it. */
function expectSound(forecasts: readonly DemandForecast[], panel: DemandPanel, { horizon, sums }: AutoDemandOptions): void {
  expect(forecasts.map(({ seriesId }) => seriesId)).toEqual(panel.series.map(({ seriesId }) => seriesId))
  for (const { mean, quantiles, sums: totals = [] } of forecasts) {
    expect([mean.length, quantiles.length, totals.map(({ periods }) => periods)]).toEqual([horizon, horizon * LEVELS, [...sums]])
    const periods = Array.from({ length: horizon }, (_, ahead) => quantiles.subarray(ahead * LEVELS, (ahead + 1) * LEVELS))
    const rows = [...periods, ...totals.map((sum) => sum.quantiles)]
    const faults = rows.filter((row) => !row.every((value, at) => Number.isFinite(value) && value >= (row[at - 1] ?? 0)))
    expect(faults).toEqual([])
    expect([...mean, ...totals.map((sum) => sum.mean)].filter((value) => !(Number.isFinite(value) && value >= 0))).toEqual([])
  }
}

const DAYS: Record<Frequency, number> = { day: 1, week: 7, month: 30 }
const unit = fc.oneof(
  { weight: 6, arbitrary: fc.nat(20) },
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constantFrom(80_995, -3, NaN, 0.25) }
)
const someSeries = (periods: number) =>
  fc.record({
    firstPeriod: fc.nat(Math.max(0, periods - 1)),
    units: fc.oneof(fc.array(unit, { minLength: periods, maxLength: periods }), fc.constantFrom(0, 7).map((value) => new Array<number>(periods).fill(value))),
    price: fc.constantFrom(10, 0, NaN),
    category: fc.constantFrom("a", "b", null),
  })
const somePanel = fc
  .record({ frequency: fc.constantFrom<Frequency>("day", "week", "month"), periods: fc.constantFrom(1, 2, 5, 17, 40), count: fc.nat(6) })
  .chain(({ frequency, periods, count }) =>
    fc.array(someSeries(periods), { minLength: count, maxLength: count }).map((series): DemandPanel => ({
      frequency,
      periods: Array.from({ length: periods }, (_, period) => addDays("2022-01-03", DAYS[frequency] * period)),
      series: series.map(({ firstPeriod, units, price, category }, index) => ({
        seriesId: `s${index}`,
        category,
        firstPeriod,
        units: Float64Array.from(units, (value, period) => (period < firstPeriod ? NaN : value)),
        price: new Float64Array(periods).fill(price),
      })),
    }))
  )

/** Enough series and weeks for trees: each sells around its own rate, twice as much in every fourth week. */
function shop({ series = 20, periods = 44, seed = 1 } = {}): DemandPanel {
  const random = createRandom(seed)
  const panel = smallPanel({ series, periods, seed })
  for (const [index, { units }] of panel.series.entries()) {
    for (const week of units.keys()) units[week] = Math.round((3 + (index % 20)) * (week % 4 === 0 ? 2 : 1) * (0.7 + 0.6 * random()))
  }
  return panel
}

describe("fitAutoDemand()", () => {
  it("gives sound forecasts for whatever is in a file", async () => {
    await fc.assert(
      fc.asyncProperty(somePanel, fc.constantFrom(1, 3, 7), async (panel, horizon) => {
        const asked = options({ horizon, sums: [1, 4] })
        expectSound((await autoDemand(panel, asked)).forecasts, panel, asked)
      }),
      { numRuns: 12, seed: 7 }
    )
  }, 240_000)

  it("gives sound forecasts by trees too, of odd series among sound ones", async () => {
    const panel = shop()
    const [zero, negative, gap, spike, young] = panel.series
    zero?.units.fill(0)
    negative?.units.fill(-2, 20, 30)
    gap?.units.fill(NaN, 3, 42)
    spike?.units.set([80_995], 40)
    young?.units.fill(NaN, 0, 42)
    expectSound((await autoDemand(panel, options({ model: "boosted" }))).forecasts, panel, options())
  }, 240_000)

  it("reads nothing at or after the limit: a spike planted there moves no earlier forecast", async () => {
    const forecastAt40 = async (panel: DemandPanel) => {
      const { model, choice } = await fitAutoDemand(panel, 40, options())
      return { choice, forecasts: model.forecast(panel, 40, 3, [1, 2, 3]) }
    }
    const before = await forecastAt40(shop())
    const spiked = shop()
    for (const { units, price } of spiked.series) {
      units.fill(1e6, 40)
      price.fill(1, 40)
    }
    expect(await forecastAt40(spiked)).toEqual(before)
    expect(before.choice?.origins).toHaveLength(2)
  }, 240_000)

  it("sees a pattern that smoothing cannot, and gives every class weights that sum to 1", async () => {
    const { choice } = await autoDemand(shop(), options())
    const { chosen = 0, boosted = 0, "exponential-smoothing": smooth = 0 } = choice?.losses ?? {}
    // every fourth week doubles: flat forecasts must be wide, trees know the lag of four weeks
    expect(boosted).toBeLessThan(0.8 * smooth)
    expect(chosen).toBeLessThan(0.9 * smooth)
    for (const demandClass of DEMAND_CLASSES) {
      expect(Object.values(choice?.weights[demandClass] ?? {}).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9)
    }
  }, 240_000)

  it("takes every name it lists, and names them when it does not know one", async () => {
    const panel = smallPanel({ series: 16, periods: 44 })
    for (const model of demandModelNames()) expectSound((await autoDemand(panel, options({ model }))).forecasts, panel, options())
    await expect(autoDemand(panel, options({ model: "oracle" }))).rejects.toThrow(/model is "oracle"; expected one of auto, boosted, /)
  }, 240_000)

  it("refuses trees by name on too short a past, and chooses without them", async () => {
    const panel = smallPanel({ series: 3, periods: 12 })
    await expect(autoDemand(panel, options({ model: "boosted" }))).rejects.toMatchObject({ code: "too_little_data" })
    const { choice } = await autoDemand(panel, options())
    expect(Object.keys(choice?.losses ?? {})).not.toContain("boosted")
  })

  it("tells its progress and stops when asked", async () => {
    const stages = new Set<string>()
    await autoDemand(shop(), options({ onProgress: ({ stage, step, steps }) => step <= steps && stages.add(stage) }))
    expect([...stages]).toEqual(["trees before the validation", "trees", "choosing"])
    await expect(autoDemand(shop(), options({ shouldStop: () => true }))).rejects.toMatchObject({ code: "canceled" })
  }, 240_000)
})
