import { panelSource } from "../../../src/domain/demand/panel-source"
import { forecastInPieces } from "../../../src/learning/forecast-pieces"
import { smallPanel } from "../../support/demand-panels"

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

  it("stops between pieces when asked to", async () => {
    const { pieces } = await forecastInPieces(panelSource(smallPanel({ series: 2, periods: 8 })), { ...options, shouldStop: () => true })
    await expect(pieces.next()).rejects.toMatchObject({ code: "canceled" })
  })
})
