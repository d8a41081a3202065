import { areAlike, backtestDemand, backtestOrigins, heldOutOrigins, type BacktestInput } from "../../../../src/domain/demand/backtest"
import { forEachClass } from "../../../../src/domain/demand/class-of"
import type { DemandModel } from "../../../../src/domain/demand/types"
import { aPanel, aSeries, aSureForecast } from "../../../support/demand-builders"

/** Forecasts so many units a period for each series. */
const by = (name: string, units: (index: number, origin: number) => number): DemandModel => ({
  name,
  forecast: (panel, origin, horizon) => panel.series.map(({ seriesId }, index) => aSureForecast(new Array<number>(horizon).fill(units(index, origin)), seriesId)),
})
const always = (name: string, units: number) => by(name, () => units)
const average = (model: DemandModel, member: string) => ({ model, weights: forEachClass(() => ({ [member]: 1 })) })
const flatPanel = aPanel(Array.from({ length: 25 }, () => aSeries(new Array<number>(46).fill(10))))
const input = (more: Partial<BacktestInput>): BacktestInput => ({
  ...{ panel: flatPanel, members: [], horizon: 4, sumPeriods: 3, origins: [38, 42], seed: 1, serving: null },
  fresh: average(always("average", 10), "right"),
  choice: { origins: ["2023-07-31", "2023-08-28"], losses: { right: 0 }, reasons: ["smooth: right 100%"] },
  ...more,
})

describe("backtestOrigins()", () => {
  it("ends with the panel and steps by the horizon", () => expect(backtestOrigins(53, 4, 4)).toEqual([37, 41, 45, 49]))
  it("takes fewer where fewer than 26 periods would stay before the first", () => expect(backtestOrigins(53, 13, 4)).toEqual([27, 40]))
  it("keeps half of a short panel, and one origin at least", () => {
    expect(backtestOrigins(20, 4, 4)).toEqual([12, 16])
    expect(backtestOrigins(5, 4, 4)).toEqual([1])
  })
  it("says that a panel is too short", () => expect(() => backtestOrigins(4, 4, 4)).toThrow("the panel has 4 periods; expected more than the horizon of 4"))
})

describe("heldOutOrigins()", () => {
  it("are the last two of four origins or more, else the last", () => {
    expect(heldOutOrigins(53, 4, 4)).toEqual([45, 49])
    expect(heldOutOrigins(53, 13, 4)).toEqual([40])
  })
})

describe("backtestDemand()", () => {
  it("scores the average and every member on the held-out origins, over all series and per class", async () => {
    const result = await backtestDemand(input({ members: [always("right", 10), always("high", 11)], fresh: average(by("average", (_, origin) => (origin < 42 ? 10 : 0)), "right") }))
    expect(result.origins).toEqual(["2023-07-31", "2023-08-28", "2023-09-25", "2023-10-23"]) // those of the choice, then 38 and 42 weeks after 2 January
    expect(result.heldOut.origins).toEqual(["2023-09-25", "2023-10-23"])
    // Sum over 3 weeks: actual 30, forecast 0 at all nine levels from the second origin: 2 · 4.5 · 30 / (9 · 60) = 0.5
    expect(result.served).toMatchObject({ sumWql: expect.closeTo(0.5, 12), wape: expect.closeTo(0.5, 12), bias: expect.closeTo(-0.5, 12) })
    expect(result.served.byClass.smooth).toMatchObject({ seriesCount: 25, sumWql: expect.closeTo(0.5, 12) })
    expect(Object.keys(result.served.byClass)).toEqual(["smooth"])
    expect(result.heldOut.models.high?.sumWql).toBeCloseTo(0.1, 12) // 2 · 4.5 · 3 / (9 · 30)
    expect(result.heldOut.models.right?.sumWql).toBe(0)
    expect(result.heldOut.gains.high?.gain).toBeCloseTo(-4, 12) // 0.5 beside 0.1
    expect(result).toMatchObject({ weights: { smooth: { right: 1 } }, losses: { right: 0 }, reasons: ["smooth: right 100%"] })
  })

  it("keeps the weights in service unless the new ones are better on the held-out origins beyond chance", async () => {
    // Both are wrong on every item; "new" is better on the first 13 of 25 there, which may be chance, or on all of them.
    const backtest = (better: number) =>
      backtestDemand(input({ fresh: average(by("new", (index) => (index < better ? 11 : 13)), "new"), serving: average(always("old", 12), "old") }))
    const chance = await backtest(13)
    expect(chance).toMatchObject({ weights: { smooth: { old: 1 } }, reasons: ["the weights of the version in service: new ones were not better beyond chance"] })
    expect(chance.served.sumWql).toBeCloseTo(0.2, 12)
    expect(chance.heldOut.models.serving?.sumWql).toBeCloseTo(0.2, 12)
    expect(chance.heldOut.models.challenger?.sumWql).toBeCloseTo((13 * 0.1 + 12 * 0.3) / 25, 12)
    const sure = await backtest(25)
    expect(sure.weights.smooth).toEqual({ new: 1 })
    expect(sure.heldOut.models).not.toHaveProperty("challenger")
    expect(sure.heldOut.gains.serving).toEqual({ share: 1, gain: expect.closeTo(0.5, 12) as number, low: expect.closeTo(0.5, 12) as number, high: expect.closeTo(0.5, 12) as number })
  })

  it("does not call the same weights a challenger", async () => {
    const result = await backtestDemand(input({ serving: average(always("old", 10), "right") }))
    expect(Object.keys(result.heldOut.models)).toEqual(["serving"])
  })

  it("counts unknown periods neither alone nor in sums, and no series that starts later", async () => {
    const gap = aSeries(Array.from({ length: 46 }, (_, period) => (period === 43 ? NaN : 10)))
    const newcomer = aSeries(Array.from({ length: 46 }, (_, period) => (period < 43 ? NaN : 10)))
    const result = await backtestDemand(input({ panel: aPanel([gap, newcomer]), origins: [42], fresh: average(always("high", 20), "high") }))
    expect(result.served).toMatchObject({ wape: expect.closeTo(1, 12), sumWql: 0, coverage90: 0 }) // 3 known weeks, no known sum
    expect(result.served.byClass.smooth?.seriesCount).toBe(1)
  })

  it("tells progress and stops when asked", async () => {
    const seen: number[] = []
    const stopped = backtestDemand(input({ members: [always("right", 10)], onProgress: ({ step, steps }) => void seen.push(step, steps), shouldStop: () => seen.length === 6 }))
    await expect(stopped).rejects.toMatchObject({ code: "canceled" })
    expect(seen).toEqual([1, 4, 2, 4, 3, 4])
  })

  it("refuses a sum longer than the horizon", async () => {
    await expect(backtestDemand(input({ sumPeriods: 5 }))).rejects.toThrow("sumPeriods is 5; expected 1 to the horizon of 4")
  })
})

describe("areAlike()", () => {
  const weights = (smooth: Record<string, number>) => ({ ...forEachClass(() => ({ trees: 1 })), smooth })
  it("compares the shares of every member of every class", () => {
    expect(areAlike(weights({ trees: 0.3, net: 0.7 }), weights({ net: 0.7, trees: 0.1 + 0.2 }))).toBe(true)
    expect(areAlike(weights({ trees: 1 }), weights({ trees: 0.9, net: 0.1 }))).toBe(false)
    expect(areAlike(weights({ trees: 1 }), weights({ trees: 1, net: 0.1 }))).toBe(false)
  })
})
