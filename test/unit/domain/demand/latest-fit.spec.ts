import { demandParts } from "../../../../src/domain/demand/explain/demand-parts"
import { latestFit, type FitUntil } from "../../../../src/domain/demand/latest-fit"
import { aPanel, aSeries, aSureForecast } from "../../../support/demand-builders"

const panel = aPanel([aSeries(new Array<number>(40).fill(5))])
/** Forecasts how much it has learnt. */
const fit = (until: number): FitUntil => ({
  until,
  model: {
    name: "trees",
    forecast: ({ series }) => series.map(({ seriesId }) => aSureForecast([until], seriesId)),
    explain: (_panel, _origin, _horizon, { which }) => which.map(() => demandParts({ season: until })),
  },
})

describe("latestFit()", () => {
  const model = latestFit([fit(30), fit(10), fit(20)])

  it.each([
    [10, 10],
    [19, 10],
    [20, 20],
    [39, 30],
  ])("forecasts from origin %d by the newest fit that saw nothing from there on, and explains by it", (origin, until) => {
    expect(model.name).toBe("trees")
    expect(model.forecast(panel, origin, 1)[0]?.mean[0]).toBe(until)
    expect(model.explain?.(panel, origin, 1, { periods: 1, which: [0] })).toEqual([demandParts({ season: until })])
  })

  it("refuses an origin that every fit has seen, and no fit at all", () => {
    expect(() => model.forecast(panel, 9, 1)).toThrow("origin is 9; expected 10 or later: every fit of trees has seen more")
    expect(() => latestFit([])).toThrow("fits is empty")
  })
})
