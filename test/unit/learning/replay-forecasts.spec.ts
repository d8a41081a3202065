import { replayForecasts } from "../../../src/learning/replay-forecasts"
import type { DemandModel } from "../../../src/domain/demand/types"
import { aPanel, aSeries, aSureForecast } from "../../support/demand-builders"
import { recordingWatch } from "../../support/training-watch"

/** Says of every period ahead the number of the origin. */
const origins: DemandModel = {
  name: "origins",
  forecast: (panel, origin, horizon) => panel.series.map(({ seriesId }) => aSureForecast(new Array<number>(horizon).fill(origin), seriesId)),
}
const old = aSeries([1, 2, 3, 4, 5, 6])
const young = aSeries([NaN, NaN, NaN, NaN, 5, 6])

describe("replayForecasts()", () => {
  it("forecasts each of the last periods from what precedes it, the next period only", async () => {
    const replays = await replayForecasts(aPanel([old]), origins, { periods: 2, horizon: 4 }, recordingWatch())
    expect(replays.map(({ firstDay }) => firstDay)).toEqual(["2023-01-30", "2023-02-06"]) // 4 and 5 weeks after 2 January
    expect(replays.map(({ forecasts }) => [...(forecasts[0]?.mean ?? [])])).toEqual([[4], [5]])
    expect(replays[0]?.forecasts[0]?.quantiles).toHaveLength(15)
  })
  it("leaves out a series of which nothing was known yet", async () => {
    const replays = await replayForecasts(aPanel([old, young]), origins, { periods: 2, horizon: 4 }, recordingWatch())
    expect(replays.map(({ forecasts }) => forecasts.map(({ seriesId }) => seriesId))).toEqual([["variant0@location"], ["variant0@location", "variant1@location"]])
  })
  it("begins with the second period of a short panel", async () => {
    expect(await replayForecasts(aPanel([aSeries([1, 2, 3])]), origins, { periods: 8, horizon: 4 }, recordingWatch())).toHaveLength(2)
  })
  it("stops when asked to", async () => {
    await expect(replayForecasts(aPanel([old]), origins, { periods: 2, horizon: 4 }, recordingWatch(1))).rejects.toMatchObject({ code: "canceled" })
  })
})
