import type { Stores } from "../src/database/stores"
import { addDays, type Day } from "../src/domain/day"
import { expiredEvents, namesKept, type Retention } from "../src/domain/retention"
import { throwIfStopped, withHeartbeats, type ActivityContext } from "./activity-context"

/** Events removed by one statement. */
const EVENTS_AT_ONCE = 10_000
/** Days before the limit that are looked through again each night: late events of an offline browser, nights that were missed. */
const LOOK_BACK_DAYS = 35
/** Everything older is looked through once in so many days: an import may bring browsing of years ago. */
const FULL_SWEEP_DAYS = 30
const DAY_MS = 86_400_000
const CURSOR = "retention"

export interface RetentionActivityDeps {
  stores: Pick<Stores, "retention" | "cursors">
  retention: Retention
  /** Today in the shop's time zone. */
  today: () => Day
  now: () => Date
  context: () => ActivityContext
}

export interface Removed {
  /** Months dropped as a whole. */
  months: number
  events: number
  modelVersions: number
  reports: number
}

export const createRetentionActivities = ({ stores, retention, today, now, context }: RetentionActivityDeps) => ({
  /** Removes what is older than the shop wants to keep; what was counted from it stays. A retry goes on with what is left. */
  async applyRetention(): Promise<Removed> {
    const current = context()
    return withHeartbeats(current, async (note) => {
      const removed: Removed = { months: 0, events: 0, modelVersions: 0, reports: 0 }
      const startedAt = now()
      const expired = expiredEvents(today(), retention)

      for (const month of await stores.retention.months()) {
        const lastDay = [...daysOf([month])].at(-1) ?? `${month}-28`
        if (!expired.some(({ beforeDay }) => lastDay < beforeDay)) continue
        throwIfStopped(current)
        note({ month })
        if (await stores.retention.dropMonthWithout(month, namesKept(lastDay, expired))) removed.months += 1
      }

      const lastSweep = await stores.cursors.get(CURSOR)
      const full = !lastSweep || startedAt.getTime() - lastSweep.updatedAt.getTime() >= FULL_SWEEP_DAYS * DAY_MS
      const months = await stores.retention.months()
      for (const { names, beforeDay } of expired) {
        const from = addDays(beforeDay, -LOOK_BACK_DAYS)
        for (const day of daysOf(months)) {
          if (day >= beforeDay || (!full && day < from)) continue
          throwIfStopped(current)
          note({ day })
          for (let gone = EVENTS_AT_ONCE; gone === EVENTS_AT_ONCE; ) {
            gone = await stores.retention.deleteEvents(day, names, EVENTS_AT_ONCE)
            removed.events += gone
          }
        }
      }
      if (full) await stores.cursors.set(CURSOR, { updatedAt: startedAt, lastId: "" })

      removed.modelVersions = await stores.retention.dropModelBytes(retention.modelVersions)
      removed.reports = await stores.retention.deleteReports(new Date(startedAt.getTime() - retention.reportDays * DAY_MS))
      return removed
    })
  },
})
export type RetentionActivities = ReturnType<typeof createRetentionActivities>

/** All days of these months, oldest first. */
function* daysOf(months: readonly string[]): Generator<Day> {
  for (const month of months) {
    for (let day: Day = `${month}-01`; day.startsWith(month); day = addDays(day, 1)) yield day
  }
}
