import type { Stores } from "../src/database/stores"
import type { StoredForecast } from "../src/database/stores/forecast-store"
import { addDays, type Day } from "../src/domain/day"
import { periodsSinceFirstSale, type DemandForecast, type DemandPanel } from "../src/domain/demand"
import type { ForecastReasons } from "../src/domain/demand/explain/explain-forecasts"
import type { PriceResponse } from "../src/domain/demand/price-response"
import { seriesPlace } from "../src/domain/demand/series-place"
import { ForesightError } from "../src/domain/errors"
import type { ShopReader } from "../src/shop/shop-reader"
import { withHeartbeats, type ActivityContext } from "./activity-context"
import { keepForecasts, noteSeries } from "./note-demand-series"
import { noteNewcomers } from "./note-newcomers"
import { notePriceResponses } from "./note-price-responses"
import { retiredForecasts } from "./retired-forecasts"
import type { RunTraining } from "./training"

const ROWS_AT_ONCE = 500

export interface ForecastActivityDeps {
  stores: Pick<Stores, "modelVersions" | "forecasts" | "demandSeries" | "forecastHistory" | "priceResponses" | "newcomers" | "prices">
  reader: Pick<ShopReader, "variantsOf" | "variantsCreatedSince">
  loadPanel: (asOf: Day, pulse: () => void) => Promise<DemandPanel>
  runTraining: RunTraining
  settings: { horizonWeeks: number }
  today: () => Day
  now: () => Date
  context: () => ActivityContext
}

/** What a model says of every series. */
interface Outcome {
  forecasts: DemandForecast[]
  /** In the order of the panel's series. */
  reasons: ForecastReasons[]
  correlation: Record<string, number>
  priceResponses: PriceResponse[]
  modelVersionId: string | null
}

export const createForecastActivities = ({ stores, reader, loadPanel, runTraining, settings, today, now, context }: ForecastActivityDeps) => {
  const { horizonWeeks: horizon } = settings

  const forecast = async (panel: DemandPanel, current: ActivityContext, note: (details: unknown) => void): Promise<Outcome> => {
    // before the first version is promoted a rule serves; its rows name no version
    const serving = await stores.modelVersions.serving("demand")
    try {
      const result = await runTraining(
        { task: "forecast", kind: "demand", panel, horizon, model: serving && (await stores.modelVersions.bytes(serving.id)) },
        { onProgress: ({ stage, step }) => note({ stage, step }), signal: current.signal }
      )
      if (result.task !== "forecast") throw new ForesightError("invalid_model", `the training process answered ${result.task}; expected forecast`)
      return { ...result, modelVersionId: serving?.id ?? null }
    } catch (error) {
      throw current.signal.aborted ? current.stopped() : error
    }
  }

  return {
    /** Forecasts every series from today on and replaces the stored forecasts. Safe to retry: variant and location key the row. */
    async forecastDemand(): Promise<{ forecasts: number }> {
      const current = context()
      return withHeartbeats(current, async (note) => {
        const computedAt = now()
        const firstDay = today()
        const panel = await loadPanel(addDays(firstDay, -1), () => current.heartbeat({ stage: "data" }))
        const nothing: Outcome = { forecasts: [], reasons: [], correlation: {}, priceResponses: [], modelVersionId: null }
        const { forecasts, reasons, correlation, priceResponses, modelVersionId } = panel.series.length > 0 ? await forecast(panel, current, note) : nothing
        const series = new Map(panel.series.map((one, index) => [one.seriesId, { one, reasons: reasons[index] ?? null }]))
        const rows = forecasts.flatMap(({ seriesId, mean, quantiles }): StoredForecast[] => {
          const known = series.get(seriesId)
          const place = seriesPlace(seriesId)
          if (!known || !place) return []
          return [
            {
              ...place,
              firstDay,
              frequency: panel.frequency,
              horizon,
              mean: [...mean],
              quantiles: [...quantiles],
              correlation: correlation[seriesId] ?? 0,
              historyWeeks: periodsSinceFirstSale(known.one, panel.periods.length),
              reasons: known.reasons,
              modelVersionId,
              computedAt,
            },
          ]
        })
        const stored = [...rows, ...retiredForecasts(panel, { firstDay, horizon, modelVersionId, computedAt })]
        for (let row = 0; row < stored.length; row += ROWS_AT_ONCE) {
          note({ stage: "store", step: row })
          await stores.forecasts.upsert(stored.slice(row, row + ROWS_AT_ONCE))
        }
        await stores.forecasts.removeBefore(computedAt)
        await noteSeries({ stores, reader }, panel, computedAt, () => note({ stage: "series" }))
        await keepForecasts(stores, rows, firstDay, () => note({ stage: "history" }))
        await noteNewcomers({ stores, reader }, panel, { firstDay, computedAt }, () => note({ stage: "newcomers" }))
        await notePriceResponses(stores, priceResponses, computedAt, () => note({ stage: "prices" }))
        return { forecasts: rows.length }
      })
    },
  }
}
export type ForecastActivities = ReturnType<typeof createForecastActivities>
