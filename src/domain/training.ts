import type { Day } from "./day"
import type { PairedGain } from "./demand/paired-gain"
import type { ForecastReasons } from "./demand/explain/explain-forecasts"
import type { PriceResponse } from "./demand/price-response"
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
      /** Rolling origins: four of the validation, and the last two held out. */
      origins: number
      seed: number
      /** Wall seconds the nets may take, all fits together. */
      timeBudgetSeconds: number
      checkpoint: Uint8Array | null
      /** Last periods that are forecast as if they were still ahead, each from its own origin, so that there is something to compare with what happened; none
       * when left out. */
      replayPeriods?: number
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
  | {
      task: "forecast"
      kind: "demand"
      panel: DemandPanel
      horizon: number
      /** Bytes of the version in service; `null` before there is one: a rule that needs no training forecasts. */
      model: Uint8Array | null
    }

/** One period forecast as if it were still ahead, by members fitted before the held-out time. */
export interface ReplayedPeriod {
  firstDay: Day
  /** Of that period alone; series unknown before it are left out. */
  forecasts: DemandForecast[]
}

/** What the fit of a demand ensemble is at. */
export const FIT_STAGES = ["trees before the validation", "trees", "counts before the validation", "counts", "nets", "choosing"] as const
export type FitStage = (typeof FIT_STAGES)[number]
/** On which data a training fits: first to judge it, then to serve. */
export const FIT_DATA = ["without the newest weeks", "on everything"] as const
export type FitData = (typeof FIT_DATA)[number]
/** What else a training is at. */
export const OTHER_STAGES = ["backtest", "looking back", "tuning", "testing", "fitting on all days"] as const
/** What a training is at; the admin has a text for each part. */
export type TrainingStage = `${FitStage}, ${FitData}` | (typeof OTHER_STAGES)[number]
type ForecastStage = "forecasting" | "explaining" | "prices"

/** What the training process says while it works. `step` of `steps` counts within `stage`. */
export interface TrainingProgress {
  stage: TrainingStage | ForecastStage
  step: number
  steps: number
  /** Of what is fitted to serve, where it is fitted step by step. */
  loss?: number
}

/** Where the two figures the gate compares stand: lower is better for `sum_wql`, higher for `ndcg10`. */
export interface GateDecision {
  metric: "sum_wql" | "ndcg10"
  value: number
  /** Figures of the naive models and, as `serving`, of the version in service on the same held-out time; as `challenger` those of a new choice of models
   * that was not better than the one in service beyond chance. */
  baselines: Record<string, number>
  /** Demand only: what the candidate saves beside each of them, by a paired bootstrap over series; decisions of before it have none. */
  gains?: Record<string, PairedGain>
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
      /** Demand only: what was asked for by `replayPeriods`, where the version is promoted. */
      replays?: ReplayedPeriod[]
      /** Training loss per step or epoch, for the curve in the admin; empty where nothing is fitted step by step. */
      lossCurve: { step: number; loss: number }[]
    }
  | {
      task: "forecast"
      forecasts: DemandForecast[]
      reasons: ForecastReasons[]
      correlation: Record<string, number>
      /** Per variant. */
      priceResponses: PriceResponse[]
      seconds: number
      backend: string
    }

/** Messages from parent to child and back. */
export type ToTrainingChild = { type: "job"; job: TrainingJob } | { type: "cancel" }
export type FromTrainingChild =
  | { type: "ready"; backend: string }
  | { type: "progress"; progress: TrainingProgress }
  | { type: "checkpoint"; bytes: Uint8Array; step: number }
  | { type: "result"; result: TrainingResult }
  | { type: "failed"; code: string; message: string }
