import { continueAsNew, proxyActivities, workflowInfo } from "@temporalio/workflow"
import type { DemandActivities } from "../activities/demand"
import type { ReconcileActivities } from "../activities/reconcile"
import { PAGED, QUICK } from "./activity-options"

const { reconcileNextOrders, reconcileNextReturns, reconcileNextStock, joinUnknownSkus } = proxyActivities<ReconcileActivities>(PAGED)
const { ensurePartitions } = proxyActivities<DemandActivities>(QUICK)

export interface ReconcileInput {
  /** Snapshot every stock level, not only those changed since the last walk. */
  everyLevel?: boolean
  /** The walks that are still to be done, for the next run of this workflow. */
  left?: Walk[]
  seen?: ReconcileCounts
}

const WALKS = ["orders", "returns", "stock"] as const
type Walk = (typeof WALKS)[number]

export interface ReconcileCounts {
  /** Orders read from the shop; most were known already. */
  orders: number
  /** Events that no subscriber had stored. */
  recovered: number
  returns: number
  levels: number
  /** Imported lines whose SKU has become a product since. */
  joined: number
}

/** Walks what changed in the shop since the last time, by cursor, so that no order, return or stock level is lost when an event was. */
export async function reconcileShop({ everyLevel = false, left = [...WALKS], seen }: ReconcileInput): Promise<ReconcileCounts> {
  const counts = seen ?? { orders: 0, recovered: 0, returns: 0, levels: 0, joined: 0 }
  if (!seen) await ensurePartitions()
  let levelCursor: string | undefined
  for (const walk of left) {
    let first = true
    let more = true
    while (more) {
      if (walk === "orders") {
        const page = await reconcileNextOrders({ first })
        counts.orders += page.orders
        counts.recovered += page.recovered
        more = page.more
      } else if (walk === "returns") {
        const page = await reconcileNextReturns({ first })
        counts.returns += page.returns
        counts.recovered += page.recovered
        more = page.more
      } else {
        const page = await reconcileNextStock({ everyLevel, cursor: levelCursor, first })
        counts.levels += page.levels
        levelCursor = page.nextCursor
        more = page.more
      }
      first = false
      // a walk of the stock is never cut: its cursor lives in this run only
      if (more && walk !== "stock" && workflowInfo().continueAsNewSuggested) {
        return continueAsNew<typeof reconcileShop>({ everyLevel, left: left.slice(left.indexOf(walk)), seen: counts })
      }
    }
  }
  counts.joined = (await joinUnknownSkus()).joined
  return counts
}
