import type { Stores } from "../src/database/stores"
import type { ChangeCursor } from "../src/shop/shop-reader"

/** A walk begins so far before the last one's end, ms: a transaction that ended late may carry an older time. */
const OVERLAP_MS = 2 * 60_000

/** What is walked by the time of its last change. */
const WALKED = ["orders", "returns", "claims", "exchanges", "prices", "price_lists", "promotions", "campaigns", "customers", "levels"] as const
type Walked = (typeof WALKED)[number]

/** A page of a walk. */
export interface WalkStep {
  /** The walk begins. */
  first: boolean
  /** A backfill: it has cursors of its own, since the walks every few minutes go on beside it. */
  fromStart?: boolean
}

export interface WalkCursor {
  /** Where the next page of a walk begins. `null`: at the very first row. */
  begin(walk: Walked, step: WalkStep): Promise<ChangeCursor | null>
  /** The walk has come so far. */
  move(walk: Walked, step: WalkStep, to: ChangeCursor | null): Promise<void>
  /** A backfill has ended: the next one begins at the very first row. */
  endBackfill(): Promise<void>
}

const nameOf = (walk: Walked, { fromStart = false }: WalkStep) => (fromStart ? `backfill/${walk}` : walk)

/** Where walks over the shop's changes stand. */
export function createWalkCursor(cursors: Stores["cursors"]): WalkCursor {
  return {
    async begin(walk, step) {
      const cursor = await cursors.get(nameOf(walk, step))
      return cursor && step.first ? { updatedAt: new Date(cursor.updatedAt.getTime() - OVERLAP_MS), lastId: "" } : cursor
    },

    async move(walk, step, to) {
      if (to) await cursors.set(nameOf(walk, step), to)
    },

    endBackfill: () => cursors.forget(WALKED.map((walk) => nameOf(walk, { first: false, fromStart: true }))),
  }
}
