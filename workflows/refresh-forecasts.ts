import { proxyActivities } from "@temporalio/workflow"
import type { ForecastActivities } from "../activities/forecasts"
import { trainingQueue } from "./activity-options"

/** What one refresh of the forecasts did. */
export interface ForecastsRefreshed {
  forecasts: number
}

/** Forecasts the whole catalogue with the version in service, in the training queue: pooled seasons need all series at once. */
export async function refreshForecasts(_input: Record<string, never>): Promise<ForecastsRefreshed> {
  const { forecastDemand } = proxyActivities<ForecastActivities>({
    taskQueue: trainingQueue(),
    startToCloseTimeout: "6 hours",
    heartbeatTimeout: "30 seconds",
    retry: { initialInterval: "1 second", maximumInterval: "1 minute", maximumAttempts: 5 },
  })
  return { forecasts: (await forecastDemand()).forecasts }
}
