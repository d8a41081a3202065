import { panelSource } from "../../../src/domain/demand/panel-source"
import * as autoDemand from "../../../src/learning/auto-demand"
import { forecastInPieces } from "../../../src/learning/forecast-pieces"
import { smallPanel } from "../../support/demand-panels"

// a module of its own, so that its function can be replaced; a fit that breaks is not to be had otherwise
jest.mock("../../../src/learning/auto-demand", () => ({ __esModule: true, ...jest.requireActual<typeof autoDemand>("../../../src/learning/auto-demand") }))
const { fitAutoDemand: fit } = jest.requireActual<typeof autoDemand>("../../../src/learning/auto-demand")

const options = { horizon: 2, sums: [2], seed: 1, model: "seasonal-naive" }

describe("forecastInPieces()", () => {
  it("gives every series once, with its sums", async () => {
    const panel = smallPanel({ series: 7, periods: 20 })
    const { pieces, fittedOn, choice } = await forecastInPieces(panelSource(panel), options)
    const found: unknown[] = []
    for await (const { indexes, forecasts } of pieces) indexes.forEach((index, at) => found.push([index, forecasts[at]?.seriesId, forecasts[at]?.sums?.[0]?.periods]))
    expect(found).toEqual(panel.series.map(({ seriesId }, index) => [index, seriesId, 2]))
    expect([fittedOn, choice]).toEqual([7, null])
  })

  it("forecasts a large panel piece by piece, fitted on a sample", async () => {
    const series = smallPanel({ series: 1, periods: 8 }).series[0]!
    const panel = { ...smallPanel({ series: 1, periods: 8 }), series: Array.from({ length: 12_001 }, (_, at) => ({ ...series, seriesId: `s${at}` })) }
    const { pieces, fittedOn } = await forecastInPieces(panelSource(panel), options)
    const sizes: number[] = []
    for await (const { indexes, forecasts } of pieces) {
      sizes.push(indexes.length)
      expect(forecasts.at(-1)?.seriesId).toBe(`s${indexes.at(-1)}`)
    }
    expect(fittedOn).toBe(5_000)
    expect(sizes).toEqual([5_000, 5_000, 2_001])
  })

  it("explains the whole horizon of every forecast where that was asked for", async () => {
    const panel = smallPanel({ series: 3, periods: 20 })
    for (const explain of [true, false]) {
      const { pieces } = await forecastInPieces(panelSource(panel), { ...options, explain })
      for await (const { forecasts, explained } of pieces) {
        explained.forEach((reasons, at) => {
          const expected = forecasts[at]!.mean.reduce((sum, mean) => sum + mean, 0)
          if (explain) expect(reasons!.reasons.reduce((sum, { units }) => sum + units, 2 * reasons!.longRun)).toBeCloseTo(expected, 9)
          else expect(reasons).toBeNull()
        })
        expect(explained).toHaveLength(3)
      }
    }
  })

  it("says from whom newcomers borrow where the model borrows, and of nobody else", async () => {
    const whole = smallPanel({ series: 8, periods: 20 })
    const young = (index: number, firstPeriod: number, title: string) => {
      const one = whole.series[index]!
      return { ...one, title, category: "a", firstPeriod, units: one.units.map((units, period) => (period < firstPeriod ? NaN : units)) }
    }
    const panel = { ...whole, series: [...whole.series.slice(0, 2), ...["owl cup", "fox jug", "cat pan", "dog hat", ""].map((title, at) => young(2 + at, 8, title)), young(7, 17, "owl bowl")] }
    const lendersBy = async (model: string, explain = true) => {
      const { pieces } = await forecastInPieces(panelSource(panel), { ...options, model, explain })
      for await (const { lenders } of pieces) return lenders
      return []
    }
    expect(await lendersBy("borrowed")).toEqual([...new Array<null>(7).fill(null), { hasCategory: true, ofCategory: 5, ofPrice: 5, ofTitle: ["owl cup"] }])
    for (const lenders of [await lendersBy("seasonal-naive"), await lendersBy("borrowed", false)]) expect(lenders).toEqual(new Array(8).fill(null))
  })

  it("names a series whose forecast is not finite, and forecasts the others", async () => {
    const panel = smallPanel({ series: 3, periods: 20 })
    jest.spyOn(autoDemand, "fitAutoDemand").mockImplementationOnce(async (...asked) => {
      const fitted = await fit(...asked)
      const { model } = fitted
      const forecast: typeof model.forecast = (...about) => model.forecast(...about).map((one) => (one.seriesId === "s1" ? { ...one, mean: one.mean.map(() => NaN) } : one))
      return { ...fitted, model: { ...model, forecast } }
    })
    const { pieces } = await forecastInPieces(panelSource(panel), { ...options, explain: true })
    for await (const { forecasts, reasons, explained } of pieces) {
      expect(reasons).toEqual([null, "its forecast is not finite", null])
      expect(forecasts.map((forecast) => forecast?.seriesId)).toEqual(["s0", undefined, "s2"])
      expect(explained.map((one) => one === null)).toEqual([false, true, false])
    }
  })

  it("stops between pieces when asked to", async () => {
    const { pieces } = await forecastInPieces(panelSource(smallPanel({ series: 2, periods: 8 })), { ...options, shouldStop: () => true })
    await expect(pieces.next()).rejects.toMatchObject({ code: "canceled" })
  })
})
