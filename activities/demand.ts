import type { Stores } from "../src/database/stores"
import { addDays, type Day } from "../src/domain/day"
import { throwIfStopped, withHeartbeats, type ActivityContext } from "./activity-context"

/** Months of event partitions made ahead, in days. */
const AHEAD_DAYS = 62
/** Days recounted in one step; the last of a step leaves one processor of Postgres without work. */
const DAYS_A_STEP = 366

export interface DemandActivityDeps {
  stores: Pick<Stores, "events" | "demand">
  /** Today in the shop's time zone. */
  today: () => Day
  context: () => ActivityContext
}

export const createDemandActivities = ({ stores, today, context }: DemandActivityDeps) => ({
  /** Makes the partitions of last month to the month after next, so that no insert has to. */
  async ensurePartitions(): Promise<{ made: number }> {
    const made = await stores.events.ensurePartitions(addDays(today(), -31), addDays(today(), AHEAD_DAYS))
    return { made: made.length }
  },

  /** Recounts all days whose events changed. A retry goes on with the days that are left. */
  async rebuildDemand(): Promise<{ days: number }> {
    const current = context()
    return withHeartbeats(current, async (note) => {
      let days = 0
      for (let left = 1; left > 0; ) {
        throwIfStopped(current)
        const step = await stores.demand.rebuildTouched({ limit: DAYS_A_STEP, onProgress: () => throwIfStopped(current) })
        days += step.days
        left = step.days === 0 ? 0 : step.left
        note({ days, left })
      }
      return { days }
    })
  },
})
export type DemandActivities = ReturnType<typeof createDemandActivities>
