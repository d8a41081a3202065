import type { GateDecision, ModelKind } from "../domain/training"

/** Shapes of what is answered about trainings and models. Types only. */

export type TrainingStatus = "queued" | "running" | "promoted" | "kept" | "failed" | "canceled"
/** One training run. `kept`: it finished and the gate kept the version in service. */
export interface TrainingAnswer {
  id: string
  kind: ModelKind
  status: TrainingStatus
  trigger: "admin" | "cli" | "nightly" | "orders" | "import"
  created_at: string
  finished_at: string | null
  /** What it is at, where the worker says it; `step` of `steps` counts within `stage`. */
  progress: { stage: string; step: number; steps: number; loss?: number } | null
  loss_curve: { step: number; loss: number }[]
  gate: GateDecision | null
  error: string | null
  model_version: number | null
  backend: string | null
}
/** GET /admin/foresight/trainings ; POST { kind } → 202 { training } ; GET /:id (also `Accept: text/event-stream`: an event `training` each change) ; DELETE /:id cancels → 202 { training } */
export interface TrainingListAnswer {
  trainings: TrainingAnswer[]
  count: number
  limit: number
  offset: number
}

/** GET /admin/foresight/models */
export interface ModelAnswer {
  id: string
  kind: ModelKind
  version: number
  status: "serving" | "retired" | "rejected"
  algorithm: string
  created_at: string
  data_from: string
  data_to: string
  seed: number
  backend: string
  seconds: number
  bytes: number
  gate: GateDecision
  parameters: Record<string, unknown>
  backtest: unknown
}
export interface ModelListAnswer {
  models: ModelAnswer[]
  count: number
  limit: number
  offset: number
}
