import { rows, type Executor } from "./query"
import { SCHEMA } from "./schema"

/** Months with fewer rows than this by Postgres's estimate are counted. */
const COUNTED_BELOW = 10_000

/** About how many rows `event` has: Postgres's own estimate of each large month (it is refreshed by autovacuum), an exact count of each small or never
 * analysed one. Counting all of ten million takes a second; this takes milliseconds. */
export async function countEvents(executor: Executor): Promise<number> {
  const months = await rows<{ name: string; estimate: number }>(
    executor,
    `SELECT c.oid::regclass::text AS name, c.reltuples::float8 AS estimate FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = '${SCHEMA}.event'::regclass`
  )
  const large = months.filter(({ estimate }) => estimate >= COUNTED_BELOW)
  const small = months.filter(({ estimate }) => estimate < COUNTED_BELOW)
  const sum = large.reduce((total, { estimate }) => total + estimate, 0)
  if (small.length === 0) return sum
  const counts = small.map(({ name }) => `(SELECT count(*) FROM ${name})`).join(" + ")
  const [exact] = await rows<{ total: number }>(executor, `SELECT (${counts})::float8 AS total`)
  return sum + (exact?.total ?? 0)
}
