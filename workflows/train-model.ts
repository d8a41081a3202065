import { ActivityCancellationType, CancellationScope, defineQuery, isCancellation, patched, proxyActivities, rootCause, setHandler, workflowInfo } from "@temporalio/workflow"
import type { CleaningActivities } from "../activities/cleaning"
import type { DemandActivities } from "../activities/demand"
import type { TrainingActivities, TrainingTrigger } from "../activities/training"
import type { ModelKind } from "../src/domain/training"
import { WORKFLOWS, workflowIds } from "../src/domain/workflow-ids"
import { PAGED, QUICK, trainingQueue } from "./activity-options"
import type { refreshAdvice } from "./refresh-advice"
import type { refreshForecasts } from "./refresh-forecasts"
import type { refreshRecommendations } from "./refresh-recommendations"
import { runChild } from "./run-child"

export interface TrainModelInput {
  shopId: string
  kind: ModelKind
  trigger: TrainingTrigger
  /** Id of the row that follows this run; the caller chooses it, so that it can be shown at once. */
  trainingRunId: string
  seed: number
  /** Afterwards work out what the model is for: forecasts and advice, or recommendations. */
  thenRefresh: boolean
}

export interface TrainModelOutcome {
  trainingRunId: string
  status: "promoted" | "kept"
}

/** Where a training stands: `training`, then what follows it. */
const trainingStage = defineQuery<string>("stage")

/** Trains one kind of model in the training queue and keeps its row truthful, also when it fails or is canceled. */
export async function trainModel({ shopId, kind, trigger, trainingRunId, seed, thenRefresh }: TrainModelInput): Promise<TrainModelOutcome> {
  const { judgeLines } = proxyActivities<CleaningActivities>(PAGED)
  const { rebuildDemand } = proxyActivities<DemandActivities>(PAGED)
  const { openTrainingRun, closeTrainingRun } = proxyActivities<TrainingActivities>(QUICK)
  const { trainModelVersion } = proxyActivities<TrainingActivities>({
    taskQueue: trainingQueue(),
    startToCloseTimeout: "24 hours",
    heartbeatTimeout: "5 seconds", // cancellation arrives with a heartbeat
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED, // the row says "canceled" when the process has ended
    retry: { initialInterval: "1 second", maximumInterval: "1 minute", maximumAttempts: 5 },
  })
  let stage = "training"
  setHandler(trainingStage, () => stage)
  const ids = workflowIds(shopId)

  let status: TrainModelOutcome["status"]
  try {
    await openTrainingRun({ trainingRunId, kind, trigger, workflowId: workflowInfo().workflowId, seed })
    // the night has cleaned already; a training by hand may follow an import at once
    if (kind === "demand" && thenRefresh && patched("judge-before-training")) {
      await judgeLines()
      await rebuildDemand()
    }
    status = (await trainModelVersion({ trainingRunId, kind, seed })).status
  } catch (error) {
    const outcome = isCancellation(error) ? ("canceled" as const) : ("failed" as const)
    const message = outcome === "failed" ? (rootCause(error) ?? "unknown error") : null
    await CancellationScope.nonCancellable(() => closeTrainingRun({ trainingRunId, status: outcome, error: message }))
    throw error
  }
  if (thenRefresh && kind === "demand") {
    stage = "forecasts"
    await runChild<typeof refreshForecasts>(WORKFLOWS.refreshForecasts, { workflowId: ids.refreshForecasts, args: [{}], whenRunning: "wait" })
    stage = "advice"
    await runChild<typeof refreshAdvice>(WORKFLOWS.refreshAdvice, { workflowId: ids.refreshAdvice, args: [{}], whenRunning: "wait" })
  } else if (thenRefresh) {
    stage = "recommendations"
    await runChild<typeof refreshRecommendations>(WORKFLOWS.refreshRecommendations, { workflowId: ids.refreshRecommendations, args: [{}], whenRunning: "wait" })
  }
  stage = "done"
  return { trainingRunId, status }
}
