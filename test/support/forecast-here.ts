import type { RunTraining } from "../../activities/training"
import { forecastDemand } from "../../src/learning/forecast-demand"
import { recordingWatch } from "./training-watch"

/** Forecasts in this process what the worker would forecast in another; trains nothing. */
export const forecastHere: RunTraining = (job) =>
  job.task === "forecast" ? Promise.resolve(forecastDemand(job, "javascript", recordingWatch())) : Promise.reject(new Error("nothing is trained here"))
