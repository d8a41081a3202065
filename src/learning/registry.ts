import { ForesightError } from "../domain/errors"
import type { ModelKind, TrainingJob, TrainingResult } from "../domain/training"
import { startBackend } from "./backend"
import { forecastDemand } from "./forecast-demand"
import { trainDemand } from "./train-demand"
import { trainRanking } from "./train-ranking"
import type { TrainingWatch } from "./training-watch"

type TrainJob<Kind extends ModelKind> = Extract<TrainingJob, { task: "train" }> & { kind: Kind }
type ForecastJob<Kind extends ModelKind> = Extract<TrainingJob, { task: "forecast" }> & { kind: Kind }

/** How one kind of model is trained and, where it forecasts ahead of time, applied. */
interface ModelKindEntry<Kind extends ModelKind> {
  /** Starts what the kind computes on; its name is kept with the version. */
  start(): Promise<string>
  train(job: TrainJob<Kind>, backend: string, watch: TrainingWatch): Promise<TrainingResult>
  forecast?(job: ForecastJob<Kind>, backend: string, watch: TrainingWatch): TrainingResult
}

const plain = () => Promise.resolve("javascript")

/** Every kind of model the training process knows; a new kind is one entry. */
const MODEL_REGISTRY: { [Kind in ModelKind]: ModelKindEntry<Kind> } = {
  demand: { start: () => startBackend(), train: trainDemand, forecast: forecastDemand },
  taste: { start: plain, train: trainRanking },
  session: { start: plain, train: trainRanking },
}

/**
 * Does one job of the training process: starts the kind's backend, reports its name, trains or forecasts.
 * @throws ForesightError of the kind; `invalid_model` when the kind does not forecast ahead of time.
 */
export async function runTrainingJob(job: TrainingJob, watch: TrainingWatch, onReady: (backend: string) => void): Promise<TrainingResult> {
  const entry: ModelKindEntry<never> = MODEL_REGISTRY[job.kind]
  const backend = await entry.start()
  onReady(backend)
  if (job.task === "train") return entry.train(job as never, backend, watch)
  if (!entry.forecast) throw new ForesightError("invalid_model", `kind is ${job.kind}; only demand is forecast ahead of time`)
  return entry.forecast(job as never, backend, watch)
}
