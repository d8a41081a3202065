import { createForecastActivities, type ForecastActivityDeps } from "../../../activities/forecasts"
import type { StoredForecast } from "../../../src/database/stores/forecast-store"
import { explainForecasts } from "../../../src/domain/demand/explain/explain-forecasts"
import { exponentialSmoothing } from "../../../src/domain/demand/exponential-smoothing"
import { activityContext } from "../../support/activity-context"
import { aPanel, aSeries } from "../../support/demand-builders"
import { forecastHere } from "../../support/forecast-here"

const panel = aPanel([
  aSeries(Array.from({ length: 30 }, (_, week) => (week < 26 ? 4 : 10))),
  aSeries(new Array<number>(30).fill(6), { madeUp: new Float64Array(30).fill(1) }),
])

function activitiesOver(serving: ForecastActivityDeps["stores"]["modelVersions"]["serving"], runTraining: ForecastActivityDeps["runTraining"], context = activityContext()) {
  const written: StoredForecast[] = []
  const responses: string[] = []
  const nothing = async () => 0
  const stores = {
    modelVersions: { serving, bytes: async () => new Uint8Array() },
    forecasts: { upsert: async (rows: readonly StoredForecast[]) => written.push(...rows), removeBefore: nothing },
    demandSeries: { upsert: nothing, removeBefore: nothing },
    priceResponses: { upsert: async (rows: readonly { variantId: string }[]) => responses.push(...rows.map(({ variantId }) => variantId)), removeBefore: nothing },
    newcomers: { upsert: nothing, removeBefore: nothing },
    prices: { asked: async () => [] },
    forecastHistory: { lastDay: async () => "2026-03-16", keep: nothing, removeBefore: nothing },
  } as unknown as ForecastActivityDeps["stores"]
  const activities = createForecastActivities({
    stores,
    reader: { variantsOf: async () => [], variantsCreatedSince: async () => ({ rows: [], next: null }) },
    loadPanel: async () => panel,
    runTraining,
    settings: { horizonWeeks: 8 },
    today: () => "2026-03-17",
    now: () => new Date("2026-03-17T02:00:00Z"),
    context: () => context,
  })
  return { activities, written, responses }
}

describe("forecastDemand()", () => {
  it("stores with each forecast of the rule why its four weeks differ from the year before", async () => {
    const { activities, written, responses } = activitiesOver(async () => null, forecastHere)
    expect(await activities.forecastDemand()).toEqual({ forecasts: 2 })
    for (const { mean, reasons } of written) {
      const expected = mean.slice(0, 4).reduce((sum, units) => sum + units, 0)
      expect(reasons!.reasons.reduce((sum, { units }) => sum + units, 4 * reasons!.longRun)).toBeCloseTo(expected, 9)
    }
    // sold 26 · 4 + 4 · 10 in 30 weeks; and 5 a week of the 6 that were wanted
    expect(written.map(({ reasons }) => reasons!.longRun)).toEqual([4.8, 5])
    expect(written[1]?.reasons?.reasons.filter(({ units }) => Math.abs(units) > 1e-9)).toEqual([{ group: "stock_out", units: 4 }])
    expect(written.map(({ modelVersionId, correlation }) => [modelVersionId, correlation])).toEqual([[null, 0.25], [null, 0.25]])
    expect(responses).toEqual(["variant0", "variant1"])
  })

  it("stores the reasons that the training process gives, each with its own series", async () => {
    const forecasts = exponentialSmoothing.forecast(panel, 30, 8)
    const reasons = explainForecasts(exponentialSmoothing, panel, 30, forecasts)
    const { activities, written } = activitiesOver(
      async () => ({ id: "version-1" }) as Awaited<ReturnType<ForecastActivityDeps["stores"]["modelVersions"]["serving"]>>,
      async () => ({ task: "forecast", forecasts, reasons, correlation: {}, priceResponses: [], seconds: 0, backend: "wasm" })
    )
    await activities.forecastDemand()
    expect(written.map((row) => [row.variantId, row.reasons])).toEqual([
      ["variant0", reasons[0]],
      ["variant1", reasons[1]],
    ])
  })

  it("beats while the other process works, and ends at once and without a row when it is stopped", async () => {
    const stop = new AbortController()
    const context = activityContext(stop.signal)
    const { activities, written, responses } = activitiesOver(
      async () => null,
      (_, { signal, onProgress }) => {
        onProgress?.({ stage: "prices", step: 0, steps: 1 })
        return new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(new Error("its process was killed"))))
      },
      context
    )
    jest.useFakeTimers()
    try {
      const ended = expect(activities.forecastDemand()).rejects.toThrow("stopped")
      await jest.advanceTimersByTimeAsync(2000)
      expect(context.beats).toEqual([{ stage: "prices", step: 0 }, { stage: "prices", step: 0 }])
      stop.abort()
      await ended
    } finally {
      jest.useRealTimers()
    }
    expect([written, responses]).toEqual([[], []])
  })
})
