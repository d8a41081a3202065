import { continueAsNew, defineQuery, patched, proxyActivities, setHandler, workflowInfo } from "@temporalio/workflow"
import type { DemandActivities } from "../activities/demand"
import type { ReconcileActivities } from "../activities/reconcile"
import { PAGED, QUICK } from "./activity-options"

const { reconcileNextOrders, reconcileNextReturns, reconcileNextSwaps, reconcileNextPrices, reconcileNextPromotions, reconcileNextCustomers, reconcileNextStock, joinUnknownSkus } =
  proxyActivities<ReconcileActivities>(PAGED)
const { ensurePartitions } = proxyActivities<DemandActivities>(QUICK)
const { openReconcile, closeReconcile } = proxyActivities<ReconcileActivities>(QUICK)

export interface ReconcileInput {
  /** Look at every stock level, price and promotion, not only at those changed since the last walk. */
  everyLevel?: boolean
  /** Walk all orders from the very first one: a backfill. One that was stopped is gone on with. */
  fromStart?: boolean
  /** The walks that are still to be done, for the next run of this workflow. */
  left?: Walk[]
  seen?: ReconcileCounts
  opened?: { startedAt: string; orders: number }
}

const WALKS = ["orders", "returns", "claims", "exchanges", "customers", "prices", "promotions", "stock"] as const
/** Those of the first release. */
const FIRST_WALKS: readonly Walk[] = ["orders", "returns", "stock"]
type Walk = (typeof WALKS)[number]

export interface ReconcileCounts {
  /** Orders read from the shop; most were known already. */
  orders: number
  /** Rows of orders, returns, claims and exchanges that no subscriber had stored as the shop has them. */
  recovered: number
  returns: number
  levels: number
  /** Imported lines whose SKU has become a product since. */
  joined: number
  claims?: number
  exchanges?: number
  customers?: number
  /** Guests who are customers now. */
  linked?: number
  prices?: number
  /** Prices that are new, differ or are gone. */
  pricesChanged?: number
  promotions?: number
  promotionsChanged?: number
  abandonedCarts?: number
  /** The first of the orders nobody could read or store, with their errors; later walks try all of them again. */
  setAside?: { kind: string; id: string; error: string }[]
}

export interface ReconcileProgress {
  stage: Walk | "opening" | "joining" | "done"
  counts: ReconcileCounts
  /** Orders that were ahead when the walk began; `null` before it is known. */
  ordersTotal: number | null
}

/** Where the walk stands. */
const reconcileProgress = defineQuery<ReconcileProgress>("progress")

/** Orders set aside that a report names. */
const SET_ASIDE_NAMED = 20

/** Walks what changed in the shop since the last time, by cursor, so that no order, return, price or stock level is lost when an event was, and reports what was healed. */
export async function reconcileShop({ everyLevel = false, fromStart = false, left, seen, opened }: ReconcileInput): Promise<ReconcileCounts> {
  const counts: ReconcileCounts = seen ?? { orders: 0, recovered: 0, returns: 0, levels: 0, joined: 0 }
  let stage: ReconcileProgress["stage"] = "opening"
  setHandler(reconcileProgress, () => ({ stage, counts, ordersTotal: opened?.orders ?? null }))
  const allSignals = patched("shop-signals")
  if (!seen) await ensurePartitions()
  if (!seen && allSignals) opened = await openReconcile({ fromStart })
  const walks = left ?? (allSignals ? [...WALKS] : [...FIRST_WALKS])

  for (const walk of walks) {
    stage = walk
    let cursor: string | undefined
    // the first walk of a continued run is under way: it must not go back to its beginning
    let first = !(left && walk === left[0])
    let more = true
    while (more) {
      const page = await step(walk, { everyLevel, fromStart, cursor, first }, counts)
      cursor = page.nextCursor
      more = page.more
      first = false
      // a walk whose cursor lives in this run only is never cut
      if (more && !cursor && walk !== "stock" && workflowInfo().continueAsNewSuggested) {
        return continueAsNew<typeof reconcileShop>({ everyLevel, fromStart, left: walks.slice(walks.indexOf(walk)), seen: counts, ...(opened && { opened }) })
      }
    }
  }
  stage = "joining"
  counts.joined = (await joinUnknownSkus()).joined
  if (opened) {
    const { abandonedCarts } = await closeReconcile({ id: workflowInfo().firstExecutionRunId, kind: fromStart ? "backfill" : "reconcile", startedAt: opened.startedAt, ...report(counts) })
    counts.abandonedCarts = abandonedCarts
  }
  stage = "done"
  return counts
}

interface Page {
  more: boolean
  nextCursor?: string
}

/** One page of one walk, added to the counts. */
async function step(walk: Walk, { everyLevel, cursor, ...at }: { everyLevel: boolean; fromStart: boolean; cursor: string | undefined; first: boolean }, counts: ReconcileCounts): Promise<Page> {
  const named = { everyOne: everyLevel, ...(cursor !== undefined && { cursor }), ...at }
  switch (walk) {
    case "stock": {
      const page = await reconcileNextStock({ everyLevel, ...(cursor !== undefined && { cursor }), ...at })
      counts.levels += page.levels
      return page
    }
    case "prices": {
      const page = await reconcileNextPrices(named)
      add(counts, { prices: page.seen, pricesChanged: page.noted })
      return page
    }
    case "promotions": {
      const page = await reconcileNextPromotions(named)
      add(counts, { promotions: page.seen, promotionsChanged: page.noted })
      return page
    }
    case "customers": {
      const page = await reconcileNextCustomers(at)
      add(counts, { customers: page.seen, linked: page.noted })
      return { more: page.more }
    }
    case "orders":
    case "returns": {
      const page = walk === "orders" ? await reconcileNextOrders(at) : await reconcileNextReturns(at)
      add(counts, "orders" in page ? { orders: page.orders } : { returns: page.returns })
      return orderPage(page, counts)
    }
    case "claims":
    case "exchanges": {
      const page = await reconcileNextSwaps({ kind: walk, ...at })
      add(counts, { [walk]: page.seen })
      return orderPage(page, counts)
    }
  }
}

type Numbers = Exclude<keyof ReconcileCounts, "setAside">

function add(counts: ReconcileCounts, more: Partial<Record<Numbers, number>>): void {
  for (const [name, count] of Object.entries(more) as [Numbers, number][]) counts[name] = (counts[name] ?? 0) + count
}

/** `setAside` is missing in the results of steps that ran before it was told. */
function orderPage({ recovered, more, setAside }: { recovered: number; more: boolean; setAside?: NonNullable<ReconcileCounts["setAside"]> }, counts: ReconcileCounts): Page {
  counts.recovered += recovered
  if (setAside && setAside.length > 0) {
    const byId = new Map([...(counts.setAside ?? []), ...setAside].map((one) => [one.id, one]))
    counts.setAside = [...byId.values()].slice(0, SET_ASIDE_NAMED)
  }
  return { more }
}

/** The counts as a report keeps them. */
function report({ orders, returns, claims = 0, exchanges = 0, customers = 0, prices = 0, promotions = 0, levels, recovered, linked = 0, pricesChanged = 0, promotionsChanged = 0, joined, setAside = [] }: ReconcileCounts) {
  return {
    walked: { orders, returns, claims, exchanges, customers, prices, promotions, levels },
    healed: { order_rows: recovered, linked, prices: pricesChanged, promotions: promotionsChanged, joined },
    setAside,
  }
}
