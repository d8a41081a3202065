import type { ModelKind } from "./training"

/** Names of our workflow types, as Temporal shows them. */
export const WORKFLOWS = {
  nightly: "nightly",
  trainModel: "train-model",
  refreshForecasts: "refresh-forecasts",
  refreshAdvice: "refresh-advice",
  refreshRecommendations: "refresh-recommendations",
  reconcileShop: "reconcile-shop",
  recountDemand: "recount-demand",
  importHistory: "import-history",
  retrainAfterOrders: "retrain-after-orders",
} as const

/** Deterministic ids of one shop's workflows and schedules: a second start, a restart or a second worker doubles nothing. */
export function workflowIds(shopId: string) {
  const id = (rest: string) => `foresight/${shopId}/${rest}`
  return {
    nightly: id(WORKFLOWS.nightly),
    trainModel: (kind: ModelKind) => id(`${WORKFLOWS.trainModel}/${kind}`),
    refreshForecasts: id(WORKFLOWS.refreshForecasts),
    refreshAdvice: id(WORKFLOWS.refreshAdvice),
    refreshRecommendations: id(WORKFLOWS.refreshRecommendations),
    reconcileShop: id(WORKFLOWS.reconcileShop),
    backfill: id(`${WORKFLOWS.reconcileShop}/backfill`),
    recountDemand: id(WORKFLOWS.recountDemand),
    importHistory: (importId: string) => id(`${WORKFLOWS.importHistory}/${importId}`),
    retrainAfterOrders: id(WORKFLOWS.retrainAfterOrders),
    nightlySchedule: id("schedule/nightly"),
    reconcileSchedule: id("schedule/reconcile-shop"),
  }
}
export type WorkflowIds = ReturnType<typeof workflowIds>

/** The option `shopId`, else the database's name with unusual letters replaced. */
export function shopIdOf(shopId: string | undefined, databaseUrl: string): string {
  if (shopId) return shopId
  const name = /^[a-z]+:\/\/[^/]*\/([^?#]*)/i.exec(databaseUrl)?.[1] ?? ""
  return name.replace(/%[0-9a-f]{2}|[^A-Za-z0-9_-]/gi, "-").slice(0, 64) || "shop"
}
