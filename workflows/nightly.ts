import { ApplicationFailure, defineQuery, isCancellation, log, patched, proxyActivities, rootCause, setHandler, uuid4 } from "@temporalio/workflow"
import type { CleaningActivities } from "../activities/cleaning"
import type { DemandActivities } from "../activities/demand"
import type { Removed, RetentionActivities } from "../activities/retention"
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
  /** `too_little_data`: there is not enough to learn from yet; the night is none the worse for it. */
  trained: Partial<Record<ModelKind, "promoted" | "kept" | "failed" | "left" | "too_little_data">>
  forecasts: number | null
  advised: number | null
  customers: number | null
  /** What was older than the shop keeps it; `null` in a run begun before there was a limit. */
  removed: Removed | null
  /** What somebody should look at. */
  warnings?: string[]
}

export interface NightlyProgress {
  stage: "reconcile" | "demand" | "train" | "forecasts" | "advice" | "recommendations" | "retention" | "done"
  /** The kind being trained. */
  kind?: ModelKind
  trainingRunId?: string
}

/** Where the cycle stands. */
const nightlyProgress = defineQuery<NightlyProgress>("progress")

/** The whole cycle: shop → cleaning → demand days → models that are due → forecasts → advice → recommendations → what is kept no longer. A training that fails does not stop the night. */
export async function nightly({ shopId, seed, train, trigger }: NightlyInput): Promise<NightlyOutcome> {
  const { judgeLines, countArrivals } = proxyActivities<CleaningActivities>(PAGED)
  const { rebuildDemand } = proxyActivities<DemandActivities>(PAGED)
  const { applyRetention } = proxyActivities<RetentionActivities>(PAGED)
  const { modelsDue } = proxyActivities<TrainingActivities>(QUICK)
  const ids = workflowIds(shopId)
  let progress: NightlyProgress = { stage: "reconcile" }
  setHandler(nightlyProgress, () => progress)

  const reconciled = await runChild<typeof reconcileShop>(WORKFLOWS.reconcileShop, { workflowId: ids.reconcileShop, args: [{ everyLevel: true }], whenRunning: "wait" })
  progress = { stage: "demand" }
  const isCleaned = patched("judge-lines")
  if (isCleaned) await judgeLines()
  const { days: rebuiltDays } = await rebuildDemand()
  if (isCleaned) await countArrivals()

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
      trained[kind] = lacksData(error) ? "too_little_data" : "failed"
      log.warn("training failed; the night goes on with the version in service", { kind, status: trained[kind], error: rootCause(error) })
    }
  }

  progress = { stage: "forecasts" }
  const forecasts = await runChild<typeof refreshForecasts>(WORKFLOWS.refreshForecasts, { workflowId: ids.refreshForecasts, args: [{}], whenRunning: "wait" })
  progress = { stage: "advice" }
  const advice = await runChild<typeof refreshAdvice>(WORKFLOWS.refreshAdvice, { workflowId: ids.refreshAdvice, args: [{}], whenRunning: "wait" })
  progress = { stage: "recommendations" }
  const lists = await runChild<typeof refreshRecommendations>(WORKFLOWS.refreshRecommendations, { workflowId: ids.refreshRecommendations, args: [{}], whenRunning: "wait" })
  let removed: Removed | null = null
  if (patched("retention")) {
    progress = { stage: "retention" }
    removed = await applyRetention()
  }
  progress = { stage: "done" }
  return { reconciled, rebuiltDays, trained, forecasts: forecasts?.forecasts ?? null, advised: advice?.advised ?? null, customers: lists?.customers ?? null, removed, ...(lists?.warning && { warnings: [lists.warning] }) }
}

/** Whether a training ended because there was too little to learn from: the code of our error is the failure's type. */
function lacksData(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof ApplicationFailure && at.type === "too_little_data") return true
  return false
}
