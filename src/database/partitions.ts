import type { DataSource } from "typeorm"
import type { Day } from "../domain/day"
import { errorCode, holdLock, rows, transaction, type Executor } from "./query"
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

/** Longest wait for the lock that dropping a partition takes, ms: writers of all months queue behind it. */
const DROP_LOCK_MS = 500
/** Postgres: the lock was not had in time; two waited for each other. */
const LOCKED = ["55P03", "40P01"]

/** Drops a month's partition and the verdicts on its lines, unless it holds an event of these names, or others keep the table locked.
 * @returns whether it was dropped. */
export async function dropMonthWithout(dataSource: DataSource, month: string, names: readonly string[]): Promise<boolean> {
  const partition = `${SCHEMA}.${partitionName(month)}`
  const isKept = async (executor: Executor) => {
    // orders first: an index tells of them, and hardly a month is without
    const statement = `SELECT EXISTS (SELECT FROM ${partition} WHERE name IN ('purchase', 'refund')) OR EXISTS (SELECT FROM ${partition} WHERE name = ANY($1::text[])) AS found`
    const [answer] = await rows<{ found: boolean }>(executor, statement, [names])
    return answer?.found ?? true
  }
  if (await isKept(dataSource)) return false
  try {
    return await transaction(dataSource, async (manager) => {
      await holdLock(manager, "event partitions")
      await rows(manager, `SET LOCAL lock_timeout = ${DROP_LOCK_MS}`)
      // reading the month and removing verdicts may take long: only its own writers wait for that, everybody else for the drop alone
      await rows(manager, `LOCK TABLE ${partition} IN SHARE MODE`)
      if (await isKept(manager)) return false
      await rows(manager, `DELETE FROM ${SCHEMA}.excluded_line WHERE day >= $1::date AND day < $2::date`, [`${month}-01`, `${nextMonth(month)}-01`])
      await rows(manager, `LOCK TABLE ONLY ${SCHEMA}.event IN ACCESS EXCLUSIVE MODE`)
      await rows(manager, `DROP TABLE ${partition}`)
      return true
    })
  } catch (error) {
    if (LOCKED.includes(errorCode(error))) return false
    throw error
  }
}

/** Months that have a partition, oldest first. */
export async function monthsKept(executor: Executor): Promise<string[]> {
  return [...(await partitionNames(executor))].map((name) => name.replace(/^event_(\d{4})_(\d{2})$/, "$1-$2")).sort()
}

const partitionName = (month: string) => `event_${month.replace("-", "_")}`

async function missing(executor: Executor, months: readonly string[]): Promise<string[]> {
  const names = await partitionNames(executor)
  return [...new Set(months)].filter((month) => !names.has(partitionName(month))).sort()
}

async function partitionNames(executor: Executor): Promise<Set<string>> {
  const found = await rows<{ name: string }>(
    executor,
    `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = '${SCHEMA}.event'::regclass`
  )
  return new Set(found.map(({ name }) => name))
}
