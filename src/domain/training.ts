import type { DemandBacktest, DemandForecast, DemandPanel } from "./demand/types"
import type { InteractionTable, RankingBacktest } from "./recommending/types"

/** Kinds of models a store trains. */
export const MODEL_KINDS = ["demand", "taste", "session"] as const
export type ModelKind = (typeof MODEL_KINDS)[number]

/** Work for the training process; plain data, sent by structured clone. */
export type TrainingJob =
  | {
      task: "train"
      kind: "demand"
      panel: DemandPanel
      horizon: number
      /** Periods summed for the gate: lead time + review period, rounded up. */
      sumPeriods: number
      origins: number
      seed: number
      /** Seconds the nets may take, both fits together. */
      timeBudgetSeconds: number
      checkpoint: Uint8Array | null
      /** Bytes of the version in service, scored beside the candidate on the same origins; `null` when none. */
      serving: Uint8Array | null
    }
  | {
      task: "train"
      kind: "taste" | "session"
      interactions: InteractionTable
      seed: number
      timeBudgetSeconds: number
      memoryBudgetBytes: number
      serving: Uint8Array | null
    }
  | { task: "forecast"; kind: "demand"; panel: DemandPanel; horizon: number; model: Uint8Array }

/** What the training process says while it works. `step` of `steps` counts within `stage`. */
export interface TrainingProgress {
  stage: string
  step: number
  steps: number
  loss?: number
  validationLoss?: number
  secondsLeft?: number
}

/** Where the two figures the gate compares stand: lower is better for `sum_wql`, higher for `ndcg10`. */
export interface GateDecision {
  metric: "sum_wql" | "ndcg10"
  value: number
  /** Figures of the naive models and, as `serving`, of the version in service on the same held-out time. */
  baselines: Record<string, number>
  promote: boolean
  /** One sentence for the admin. */
  reason: string
}

export type TrainingResult =
  | {
      task: "train"
      bytes: Uint8Array
      algorithm: string
      parameters: Record<string, unknown>
      backtest: DemandBacktest | RankingBacktest
      gate: GateDecision
      backend: string
      seconds: number
      /** Training loss per step or epoch, for the curve in the admin; empty where nothing is fitted step by step. */
      lossCurve: { step: number; loss: number; validationLoss?: number }[]
    }
  | { task: "forecast"; forecasts: DemandForecast[]; correlation: Record<string, number>; seconds: number; backend: string }

/** Messages from parent to child and back. */
export type ToTrainingChild = { type: "job"; job: TrainingJob } | { type: "cancel" }
export type FromTrainingChild =
  | { type: "ready"; backend: string }
  | { type: "progress"; progress: TrainingProgress }
  | { type: "checkpoint"; bytes: Uint8Array; step: number }
  | { type: "result"; result: TrainingResult }
  | { type: "failed"; code: string; message: string }
