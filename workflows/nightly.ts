import { defineQuery, isCancellation, log, proxyActivities, rootCause, setHandler, uuid4 } from "@temporalio/workflow"
import type { DemandActivities } from "../activities/demand"
import type { TrainingActivities, TrainingTrigger } from "../activities/training"
import type { ModelKind } from "../src/domain/training"
import { WORKFLOWS, workflowIds } from "../src/domain/workflow-ids"
import { PAGED, QUICK } from "./activity-options"
import type { ReconcileCounts, reconcileShop } from "./reconcile-shop"
import type { refreshAdvice } from "./refresh-advice"
import type { refreshForecasts } from "./refresh-forecasts"
import type { refreshRecommendations } from "./refresh-recommendations"
import { runChild } from "./run-child"
import type { trainModel } from "./train-model"

export interface NightlyInput {
  shopId: string
  seed: number
  /** `due`: kinds with data and no training in the last week; `all`: every kind with data; `none`. */
  train: "due" | "all" | "none"
  trigger: TrainingTrigger
}

/** What one cycle did; a step's `null` says that it was left to another run of the same work. */
export interface NightlyOutcome {
  reconciled: ReconcileCounts | null
  rebuiltDays: number
  trained: Partial<Record<ModelKind, "promoted" | "kept" | "failed" | "left">>
  forecasts: number | null
  advised: number | null
  customers: number | null
}

export interface NightlyProgress {
  stage: "reconcile" | "demand" | "train" | "forecasts" | "advice" | "recommendations" | "done"
  /** The kind being trained. */
  kind?: ModelKind
  trainingRunId?: string
}

/** Where the cycle stands. */
const nightlyProgress = defineQuery<NightlyProgress>("progress")

/** The whole cycle: shop → demand days → models that are due → forecasts → advice → recommendations. A training that fails does not stop the night. */
export async function nightly({ shopId, seed, train, trigger }: NightlyInput): Promise<NightlyOutcome> {
  const { rebuildDemand } = proxyActivities<DemandActivities>(PAGED)
  const { modelsDue } = proxyActivities<TrainingActivities>(QUICK)
  const ids = workflowIds(shopId)
  let progress: NightlyProgress = { stage: "reconcile" }
  setHandler(nightlyProgress, () => progress)

  const reconciled = await runChild<typeof reconcileShop>(WORKFLOWS.reconcileShop, { workflowId: ids.reconcileShop, args: [{ everyLevel: true }], whenRunning: "wait" })
  progress = { stage: "demand" }
  const { days: rebuiltDays } = await rebuildDemand()

  const trained: NightlyOutcome["trained"] = {}
  const due = train === "none" ? [] : await modelsDue({ all: train === "all" })
  for (const kind of due) {
    const trainingRunId = uuid4()
    progress = { stage: "train", kind, trainingRunId }
    try {
      const outcome = await runChild<typeof trainModel>(WORKFLOWS.trainModel, {
        workflowId: ids.trainModel(kind),
        args: [{ shopId, kind, trigger, trainingRunId, seed, thenRefresh: false }],
        memo: { trainingRunId },
        whenRunning: "skip",
      })
      trained[kind] = outcome?.status ?? "left"
    } catch (error) {
      if (isCancellation(error)) throw error
      log.warn("training failed; the night goes on with the version in service", { kind, error: rootCause(error) })
      trained[kind] = "failed"
    }
  }

  progress = { stage: "forecasts" }
  const forecasts = await runChild<typeof refreshForecasts>(WORKFLOWS.refreshForecasts, { workflowId: ids.refreshForecasts, args: [{}], whenRunning: "wait" })
  progress = { stage: "advice" }
  const advice = await runChild<typeof refreshAdvice>(WORKFLOWS.refreshAdvice, { workflowId: ids.refreshAdvice, args: [{}], whenRunning: "wait" })
  progress = { stage: "recommendations" }
  const lists = await runChild<typeof refreshRecommendations>(WORKFLOWS.refreshRecommendations, { workflowId: ids.refreshRecommendations, args: [{}], whenRunning: "wait" })
  progress = { stage: "done" }
  return { reconciled, rebuiltDays, trained, forecasts: forecasts?.forecasts ?? null, advised: advice?.advised ?? null, customers: lists?.customers ?? null }
}
