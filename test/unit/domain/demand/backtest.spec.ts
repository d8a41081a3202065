import { backtestDemand, backtestOrigins, type BacktestInput } from "../../../../src/domain/demand/backtest"
import { STATISTICAL_MODELS } from "../../../../src/domain/demand/registry"
import type { DemandModel } from "../../../../src/domain/demand/types"
import { createRandom } from "../../../../src/domain/random"
import { aPanel, aSeries, aSureForecast } from "../../../support/demand-builders"

const always = (name: string, units: (origin: number) => number): DemandModel => ({
  name,
  forecast: (panel, origin, horizon) => panel.series.map((series) => aSureForecast(new Array<number>(horizon).fill(units(origin)), series.seriesId)),
})
const flatPanel = aPanel(Array.from({ length: 25 }, () => aSeries(new Array<number>(46).fill(10))))
const input = (more: Partial<BacktestInput>): BacktestInput => ({ panel: flatPanel, models: [], horizon: 4, sumPeriods: 3, origins: 4, seed: 1, ...more })

describe("backtestOrigins()", () => {
  it("ends with the panel and steps by the horizon", () => expect(backtestOrigins(53, 4, 4)).toEqual([37, 41, 45, 49]))
  it("takes fewer where fewer than 26 periods would stay before the first", () => expect(backtestOrigins(53, 13, 4)).toEqual([27, 40]))
  it("keeps half of a short panel, and one origin at least", () => {
    expect(backtestOrigins(20, 4, 4)).toEqual([12, 16])
    expect(backtestOrigins(5, 4, 4)).toEqual([1])
  })
  it("says that a panel is too short", () => expect(() => backtestOrigins(4, 4, 4)).toThrow("the panel has 4 periods; expected more than the horizon of 4"))
})

describe("backtestDemand()", () => {
  it("scores every model, keeps the last two of four origins from the choice and scores the mixture there", async () => {
    // Truth 10 a week. "early" is right before period 38 (the first two origins 30, 34) and forecasts 0 later; "late" is always 1 off.
    const models = [always("early", (origin) => (origin < 38 ? 10 : 0)), always("late", () => 11)]
    const result = await backtestDemand(input({ models }))
    expect(result.origins).toEqual(["2023-07-31", "2023-08-28", "2023-09-25", "2023-10-23"]) // 30, 34, 38, 42 weeks after 2 January
    expect(result.heldOut.origins).toEqual(["2023-09-25", "2023-10-23"])
    expect(result.choice.smooth.model).toBe("early")
    // Sum over 3 weeks: actual 30, forecast 0 at all nine levels: 2 · 4.5 · 30 / (9 · 30) = 1
    expect(result.served.sumWql).toBeCloseTo(1, 12)
    expect(result.heldOut.models.late?.sumWql).toBeCloseTo(0.1, 12) // 2 · 4.5 · 3 / (9 · 30)
    expect(result.models.early).toMatchObject({ sumWql: expect.closeTo(0.5, 12), wape: expect.closeTo(0.5, 12), bias: expect.closeTo(-0.5, 12) })
    expect(result.models.late?.byClass.smooth?.seriesCount).toBe(25)
  })

  it("scores the version in service on the held-out origins", async () => {
    const models = [always("right", () => 10)]
    const { choice } = await backtestDemand(input({ models }))
    const result = await backtestDemand(input({ models, serving: { model: always("old", () => 12), choice } }))
    expect(result.heldOut.models.serving?.sumWql).toBeCloseTo(0.2, 12)
    expect(result.models.serving).toBeUndefined()
  })

  it("keeps the choice in service unless the new one is better on the held-out origins beyond chance", async () => {
    // Both are wrong on every item; "new" is better on the first 13 of 25 there, which may be chance, or on all of them.
    const by = (name: string, units: (index: number, origin: number) => number): DemandModel => ({
      name,
      forecast: (panel, origin, horizon) => panel.series.map((series, index) => aSureForecast(new Array<number>(horizon).fill(units(index, origin)), series.seriesId)),
    })
    const old = by("old", () => 12)
    const backtest = async (better: number) => {
      const models = [old, by("new", (index, origin) => (origin < 38 || index < better ? 11 : 13))]
      const { choice } = await backtestDemand(input({ models: [old] }))
      return backtestDemand(input({ models, serving: { model: old, choice } }))
    }
    const chance = await backtest(13)
    expect(chance.choice.smooth.model).toBe("old")
    expect(chance.served.sumWql).toBeCloseTo(0.2, 12)
    expect(chance.heldOut.models.challenger?.sumWql).toBeCloseTo((13 * 0.1 + 12 * 0.3) / 25, 12)
    const sure = await backtest(25)
    expect(sure.choice.smooth.model).toBe("new")
    expect(sure.heldOut.models).not.toHaveProperty("challenger")
    expect(sure.heldOut.gains?.serving).toEqual({ share: 1, gain: expect.closeTo(0.5, 12) as number, low: expect.closeTo(0.5, 12) as number, high: expect.closeTo(0.5, 12) as number })
  })

  it("takes the static choice where nothing can be chosen unseen", async () => {
    const result = await backtestDemand(input({ models: [always("one", () => 10), always("two", () => 11)], usual: "two", origins: 1 }))
    expect(result.choice.smooth.model).toBe("two")
  })

  it("leaves a class with the best of all unless its own best gains 2%", async () => {
    const halves = aPanel([
      ...Array.from({ length: 25 }, () => aSeries(new Array<number>(46).fill(100))), // smooth
      ...Array.from({ length: 25 }, () => aSeries(Array.from({ length: 46 }, (_, period) => (period % 2 ? 2 : 0)))), // intermittent
    ])
    const by = (name: string, smooth: number, intermittent: number): DemandModel => ({
      name,
      forecast: (panel, _, horizon) => panel.series.map((series, index) => aSureForecast(new Array<number>(horizon).fill(index < 25 ? smooth : intermittent), series.seriesId)),
    })
    // Sum over 4 weeks of an intermittent series is 4. Forecast 8 and 7.96: losses 4 and 3.96 (1% less); 7.8: 3.8 (5% less).
    const choose = async (other: number) =>
      (await backtestDemand({ ...input({ models: [by("one", 100, 2), by("two", 90, other)] }), panel: halves, sumPeriods: 4 })).choice.intermittent.model
    expect(await choose(1.99)).toBe("one")
    expect(await choose(1.95)).toBe("two")
  })

  it("finds that periods go together where each series has one common fate a month", async () => {
    const random = createRandom(5)
    const fates = Array.from({ length: 300 }, () => {
      let level = 10
      return aSeries(Array.from({ length: 46 }, (_, period) => (period % 4 === 2 ? (level = Math.round(20 * random())) : level)))
    })
    const honest: DemandModel = {
      name: "honest",
      forecast: (panel, _, horizon) => panel.series.map((series) => ({ ...aSureForecast(new Array<number>(horizon).fill(10), series.seriesId), quantiles: uniformRows(horizon) })),
    }
    const { choice } = await backtestDemand({ ...input({ models: [honest] }), panel: aPanel(fates), sumPeriods: 4 })
    expect(choice.smooth.correlation).toBe(0.75)
  })

  it("has nothing to choose with a single origin: the first model, ρ = 0.25", async () => {
    const result = await backtestDemand(input({ models: [always("wrong", () => 0), always("right", () => 10)], origins: 1 }))
    expect(result.choice.smooth).toEqual({ model: "wrong", correlation: 0.25 })
    expect(result.heldOut.origins).toEqual(result.origins)
  })

  it("counts unknown periods neither alone nor in sums, and no series that starts later", async () => {
    const gap = aSeries(Array.from({ length: 46 }, (_, period) => (period === 43 ? NaN : 10)))
    const newcomer = aSeries(Array.from({ length: 46 }, (_, period) => (period < 43 ? NaN : 10)))
    const result = await backtestDemand({ ...input({ models: [always("high", () => 20)], origins: 1 }), panel: aPanel([gap, newcomer]) })
    expect(result.served).toMatchObject({ wape: expect.closeTo(1, 12), sumWql: 0, coverage90: 0 }) // 3 known weeks, no known sum
  })

  it("tells progress and stops when asked", async () => {
    const seen: number[] = []
    const stopped = backtestDemand(input({ models: [...STATISTICAL_MODELS], onProgress: ({ step }) => void seen.push(step), shouldStop: () => seen.length === 3 }))
    await expect(stopped).rejects.toMatchObject({ code: "canceled" })
    expect(seen).toEqual([1, 2, 3])
  })

  it("refuses a sum longer than the horizon", async () => {
    await expect(backtestDemand(input({ models: [...STATISTICAL_MODELS], sumPeriods: 5 }))).rejects.toThrow("sumPeriods is 5; expected 1 to the horizon of 4")
  })
})

function uniformRows(horizon: number): Float64Array {
  const levels = [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99]
  return Float64Array.from(Array.from({ length: horizon }, () => levels.map((level) => 20 * level)).flat())
}
