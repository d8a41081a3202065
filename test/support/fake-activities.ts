import { Context } from "@temporalio/activity"
import type { createActivities } from "../../src/worker/create-activities"

export type Activities = ReturnType<typeof createActivities>

/** Activities that only note their calls, for tests of order and retries. Each can be replaced. */
export function fakeActivities(own: Partial<Activities> = {}): { activities: Activities; calls: string[] } {
  const calls: string[] = []
  const plain: Activities = {
    ensurePartitions: async () => ({ made: 0 }),
    judgeLines: async () => ({ days: 3, duplicates: 0, tests: 0, bulk: 1, restored: 0 }),
    countArrivals: async () => ({ days: 31 }),
    rebuildDemand: async () => ({ days: 3 }),
    openReconcile: async () => ({ startedAt: "2026-01-01T00:00:00.000Z", orders: 2 }),
    reconcileNextOrders: async () => ({ orders: 2, seen: 2, recovered: 1, more: false, setAside: [] }),
    reconcileNextReturns: async () => ({ returns: 0, seen: 0, recovered: 0, more: false, setAside: [] }),
    reconcileNextSwaps: async () => ({ seen: 0, recovered: 0, more: false, setAside: [] }),
    reconcileNextCustomers: async () => ({ seen: 0, noted: 0, more: false }),
    reconcileNextPrices: async () => ({ seen: 5, noted: 1, more: false }),
    reconcileNextPromotions: async () => ({ seen: 1, noted: 0, more: false }),
    closeReconcile: async () => ({ abandonedCarts: 3 }),
    reconcileNextStock: async () => ({ levels: 4, more: false }),
    joinUnknownSkus: async () => ({ joined: 0 }),
    modelsDue: async () => ["demand", "taste", "session"],
    openTrainingRun: async () => undefined,
    closeTrainingRun: async () => undefined,
    trainModelVersion: async () => ({ status: "promoted" }),
    forecastDemand: async () => ({ forecasts: 7 }),
    adviseNextItems: async ({ cursor, startedAt = "2026-01-01T00:00:00.000Z" }) => (cursor ? { advised: 1, skipped: 0, startedAt } : { advised: 5, skipped: 1, startedAt, nextCursor: "iitem_9" }),
    dropStaleAdvice: async () => ({ removed: 0 }),
    storeNeighbours: async () => ({ products: 9 }),
    storePopular: async () => ({ scopes: 1 }),
    storeCustomers: async () => ({ customers: 6 }),
    applyRetention: async () => ({ months: 0, events: 8, modelVersions: 0, reports: 0 }),
    judgeStagedLines: async () => ({ voided: 0 }),
    insertNextLines: async () => ({ inserted: 10, more: false, unknownLocations: [], unknownSalesChannels: [] }),
    closeImport: async () => undefined,
  }
  const noted = Object.entries({ ...plain, ...own }).map(([name, activity]) => [
    name,
    (input: never) => {
      const { kind } = (input ?? {}) as { kind?: string }
      calls.push(kind ? `${name} ${kind}` : name)
      return (activity as (input: never) => unknown)(input)
    },
  ])
  return { activities: Object.fromEntries(noted) as Activities, calls }
}

/** A step that heartbeats until it is canceled. */
export async function untilCanceled(): Promise<never> {
  const timer = setInterval(() => Context.current().heartbeat({ step: 1 }), 200)
  try {
    return await Context.current().cancelled
  } finally {
    clearInterval(timer)
  }
}
