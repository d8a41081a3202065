import type { DataSource } from "typeorm"
import type { Day } from "../domain/day"
import { holdLock, rows, transaction, type Executor } from "./query"
import { SCHEMA } from "./schema"

/** Months `YYYY-MM` from one day's to another's. */
export function monthsBetween(fromDay: Day, toDay: Day): string[] {
  const months: string[] = []
  for (let month = fromDay.slice(0, 7); month <= toDay.slice(0, 7); month = nextMonth(month)) months.push(month)
  return months
}

function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number)
  return number === 12 ? `${String(year + 1).padStart(4, "0")}-01` : `${month.slice(0, 4)}-${String(number + 1).padStart(2, "0")}`
}

/** Makes the partitions of `event` that are missing. Attaching a ready table, unlike `PARTITION OF`, lets readers and writers of the other months go on.
 * @returns names of those made now. */
export async function ensureMonths(dataSource: DataSource, months: readonly string[]): Promise<string[]> {
  if ((await missing(dataSource, months)).length === 0) return []
  return transaction(dataSource, async (manager) => {
    await holdLock(manager, "event partitions")
    const made = await missing(manager, months)
    for (const month of made) {
      await rows(manager, `CREATE TABLE ${SCHEMA}.${partitionName(month)} (LIKE ${SCHEMA}.event INCLUDING DEFAULTS)`)
      const bounds = `FOR VALUES FROM ('${month}-01') TO ('${nextMonth(month)}-01')`
      await rows(manager, `ALTER TABLE ${SCHEMA}.event ATTACH PARTITION ${SCHEMA}.${partitionName(month)} ${bounds}`)
    }
    return made.map(partitionName)
  })
}

const partitionName = (month: string) => `event_${month.replace("-", "_")}`

async function missing(executor: Executor, months: readonly string[]): Promise<string[]> {
  const found = await rows<{ name: string }>(
    executor,
    `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = '${SCHEMA}.event'::regclass`
  )
  const names = new Set(found.map(({ name }) => name))
  return [...new Set(months)].filter((month) => !names.has(partitionName(month))).sort()
}
