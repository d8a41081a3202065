import type { Stores } from "../src/database/stores"
import type { ChangeCursor } from "../src/shop/shop-reader"

/** A walk begins so far before the last one's end, ms: a transaction that ended late may carry an older time. */
const OVERLAP_MS = 2 * 60_000

export interface WalkCursor {
  /** Where the next page of a walk begins; `first`: the walk begins. `null`: at the very first row. */
  begin(name: string, first: boolean): Promise<ChangeCursor | null>
}

/** Where walks over the shop's changes stand. */
export function createWalkCursor(cursors: Pick<Stores["cursors"], "get">): WalkCursor {
  return {
    async begin(name, first) {
      const cursor = await cursors.get(name)
      return cursor && first ? { updatedAt: new Date(cursor.updatedAt.getTime() - OVERLAP_MS), lastId: "" } : cursor
    },
  }
}
