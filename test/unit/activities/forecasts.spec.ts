import { createForecastActivities, type ForecastActivityDeps } from "../../../activities/forecasts"
import type { StoredForecast } from "../../../src/database/stores/forecast-store"
import { explainForecasts } from "../../../src/domain/demand/explain/explain-forecasts"
import { exponentialSmoothing } from "../../../src/domain/demand/exponential-smoothing"
import { activityContext } from "../../support/activity-context"
import { aPanel, aSeries } from "../../support/demand-builders"

const panel = aPanel([
  aSeries(Array.from({ length: 30 }, (_, week) => (week < 26 ? 4 : 10))),
  aSeries(new Array<number>(30).fill(6), { madeUp: new Float64Array(30).fill(1) }),
])

function activitiesOver(serving: ForecastActivityDeps["stores"]["modelVersions"]["serving"], runTraining: ForecastActivityDeps["runTraining"]) {
  const written: StoredForecast[] = []
  const nothing = async () => 0
  const stores = {
    modelVersions: { serving, bytes: async () => new Uint8Array() },
    forecasts: { upsert: async (rows: readonly StoredForecast[]) => written.push(...rows), removeBefore: nothing },
    demandSeries: { upsert: nothing, removeBefore: nothing },
    priceResponses: { upsert: nothing, removeBefore: nothing },
    promotions: { seenBetween: async () => [] },
    forecastHistory: { lastDay: async () => "2026-03-16", keep: nothing, removeBefore: nothing },
  } as unknown as ForecastActivityDeps["stores"]
  const activities = createForecastActivities({
    stores,
    reader: { variantsOf: async () => [] },
    loadPanel: async () => panel,
    runTraining,
    settings: { horizonWeeks: 8, timeZone: "UTC" },
    today: () => "2026-03-17",
    now: () => new Date("2026-03-17T02:00:00Z"),
    context: activityContext,
  })
  return { activities, written }
}

describe("forecastDemand()", () => {
  it("stores with each forecast of the rule why its four weeks differ from the year before", async () => {
    const { activities, written } = activitiesOver(
      async () => null,
      () => Promise.reject(new Error("nothing to ask"))
    )
    expect(await activities.forecastDemand()).toEqual({ forecasts: 2 })
    for (const { mean, reasons } of written) {
      const expected = mean.slice(0, 4).reduce((sum, units) => sum + units, 0)
      expect(reasons!.reasons.reduce((sum, { units }) => sum + units, 4 * reasons!.longRun)).toBeCloseTo(expected, 9)
    }
    // sold 26 · 4 + 4 · 10 in 30 weeks; and 5 a week of the 6 that were wanted
    expect(written.map(({ reasons }) => reasons!.longRun)).toEqual([4.8, 5])
    expect(written[1]?.reasons?.reasons.filter(({ units }) => Math.abs(units) > 1e-9)).toEqual([{ group: "stock_out", units: 4 }])
  })

  it("stores the reasons that the training process gives, each with its own series", async () => {
    const forecasts = exponentialSmoothing.forecast(panel, 30, 8)
    const reasons = explainForecasts(exponentialSmoothing, panel, 30, forecasts)
    const { activities, written } = activitiesOver(
      async () => ({ id: "version-1" }) as Awaited<ReturnType<ForecastActivityDeps["stores"]["modelVersions"]["serving"]>>,
      async () => ({ task: "forecast", forecasts, reasons, correlation: {}, seconds: 0, backend: "wasm" })
    )
    await activities.forecastDemand()
    expect(written.map((row) => [row.variantId, row.reasons])).toEqual([
      ["variant0", reasons[0]],
      ["variant1", reasons[1]],
    ])
  })
})
