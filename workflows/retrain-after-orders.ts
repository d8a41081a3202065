import { allHandlersFinished, condition, continueAsNew, defineQuery, defineSignal, isCancellation, log, setHandler, uuid4, workflowInfo } from "@temporalio/workflow"
import type { ModelKind } from "../src/domain/training"
import { MODEL_KINDS } from "../src/domain/training"
import { WORKFLOWS, workflowIds } from "../src/domain/workflow-ids"
import { runChild } from "./run-child"
import type { trainModel } from "./train-model"

export interface RetrainAfterOrdersInput {
  shopId: string
  /** New orders after which models are trained again. */
  threshold: number
  /** Silence after the last order before training starts, ms: a sale's rush is over first. */
  quietMs: number
  seed: number
  /** Orders counted by earlier runs of this workflow. */
  seen?: number
}

/** So many orders were placed; the threshold that the shop's options name now. */
const ordersPlaced = defineSignal<[number, number?]>("orders-placed")
/** Orders counted since the last training. */
const ordersSeen = defineQuery<number>("orders-seen")

/** Counts new orders and trains when there are enough of them and the shop is quiet, or at twice as many, quiet or not. Lives as long as the shop; continues as new. */
export async function retrainAfterOrders({ shopId, threshold, quietMs, seed, seen = 0 }: RetrainAfterOrdersInput): Promise<void> {
  let signals = 0
  setHandler(ordersPlaced, (count, newThreshold) => {
    seen += count
    threshold = newThreshold ?? threshold
    signals += 1
  })
  setHandler(ordersSeen, () => seen)

  await condition(() => seen >= threshold || workflowInfo().continueAsNewSuggested)
  let counted = -1
  while (seen >= threshold && seen < 2 * threshold && counted !== signals) {
    counted = signals
    await condition(() => signals > counted, quietMs)
  }
  if (seen >= threshold) {
    const used = seen
    for (const kind of MODEL_KINDS) await trainQuietly(shopId, kind, seed)
    seen -= used
  }
  await condition(allHandlersFinished)
  return continueAsNew<typeof retrainAfterOrders>({ shopId, threshold, quietMs, seed, seen })
}

/** A failed training is told by its own run; the count goes on. */
async function trainQuietly(shopId: string, kind: ModelKind, seed: number): Promise<void> {
  const trainingRunId = uuid4()
  try {
    await runChild<typeof trainModel>(WORKFLOWS.trainModel, {
      workflowId: workflowIds(shopId).trainModel(kind),
      args: [{ shopId, kind, trigger: "orders", trainingRunId, seed, thenRefresh: true }],
      memo: { trainingRunId },
      whenRunning: "skip",
    })
  } catch (error) {
    if (isCancellation(error)) throw error
    log.warn("training after new orders did not finish", { kind, error: error instanceof Error ? error.message : String(error) })
  }
}
