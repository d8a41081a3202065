import type { DataSource } from "typeorm"
import type { ShopEvent } from "../domain/events"
import { likeRowsSource } from "./bulk"
import { copyEvents } from "./copy-events"
import { EventEntity } from "./entities/event.entity"
import { ensureMonths } from "./partitions"
import { errorCode, rows, type Executor } from "./query"
import type { ExcludedLine } from "./stores/exclusion-store"

/** A new event that is kept but does not count. */
export type SetAsideLine = Omit<ExcludedLine, "importId">

/** Postgres: no partition of the table found for a row (`check_violation`). */
const NO_PARTITION = "23514"

const byKey = (a: ShopEvent, b: ShopEvent) => (a.day === b.day ? (a.eventId < b.eventId ? -1 : 1) : a.day < b.day ? -1 : 1)
const isDemand = ({ name }: ShopEvent) => name === "purchase" || name === "refund"

/** Adds events, notes the days whose demand changed, and sets new ones aside, in one statement. Their months need a partition: see `makingPartitions`.
 * @returns event ids that were new. */
export async function insertEvents(
  executor: Executor,
  dataSource: DataSource,
  events: readonly ShopEvent[],
  setAside: readonly SetAsideLine[] = []
): Promise<Set<string>> {
  if (events.length === 0) return new Set()
  // sorted here, which is cheaper than in Postgres: two writers of the same rows wait for each other instead of locking crosswise
  const { table, names, select, parameters } = likeRowsSource<Omit<EventEntity, "receivedAt">>(dataSource, EventEntity, [...events].sort(byKey))
  const at = (offset: number) => `$${parameters.length + offset}`
  const excluded = `, excluded AS (INSERT INTO foresight.excluded_line (day, event_id, reason, detail)
      SELECT k.* FROM unnest(${at(1)}::date[], ${at(2)}::text[], ${at(3)}::text[], ${at(4)}::text[]) AS k(day, event_id, reason, detail)
      JOIN added USING (day, event_id) ON CONFLICT (day, event_id) DO NOTHING)`
  const touched = `, touched AS (INSERT INTO foresight.demand_touched (day) SELECT DISTINCT day FROM added WHERE name IN ('purchase', 'refund'))`
  const statement = `WITH added AS (INSERT INTO ${table} (${names.join(", ")}) ${select}
      ON CONFLICT (day, event_id) DO NOTHING RETURNING day, event_id, name)
    ${events.some(isDemand) ? touched : ""} ${setAside.length > 0 ? excluded : ""} SELECT event_id AS id FROM added`
  const lines = (["day", "eventId", "reason", "detail"] as const).map((name) => setAside.map((line) => line[name]))
  const added = await rows<{ id: string }>(executor, statement, setAside.length > 0 ? [...parameters, ...lines] : parameters)
  return new Set(added.map(({ id }) => id))
}

/** Fewer events than this are not worth the round trip more that a COPY takes. */
const FEWEST_COPIED = 20
/** After a COPY that met a known event, so many batches are inserted one row at a time: a sender who repeats events cannot have each batch written twice. */
const CAREFUL_BATCHES = 20
/** Postgres: `unique_violation`; two writers of the same rows waited for each other. */
const KNOWN = ["23505", "40P01"]

/** Makes an `insertEvents` for the pool that takes what is most likely all new, and moves no demand, by COPY. The rows are the same either way. */
export function createEventWriter(dataSource: DataSource): (events: readonly ShopEvent[], setAside: readonly SetAsideLine[]) => Promise<Set<string>> {
  let careful = 0
  const insert = (events: readonly ShopEvent[], setAside: readonly SetAsideLine[]) => insertEvents(dataSource, dataSource, events, setAside)
  return async (events, setAside) => {
    if (events.length < FEWEST_COPIED || setAside.length > 0 || events.some(isDemand)) return insert(events, setAside)
    if (careful > 0) {
      careful -= 1
      return insert(events, setAside)
    }
    try {
      await copyEvents(dataSource, [...events].sort(byKey))
      return new Set(events.map(({ eventId }) => eventId))
    } catch (error) {
      if (!KNOWN.includes(errorCode(error))) throw error
      careful = CAREFUL_BATCHES
      return insert(events, setAside)
    }
  }
}

/** Does `work`; where a month of the events it adds has no partition yet, makes it and does `work` again, which must have left nothing behind.
 * @param events What `work` adds; asked after it failed. */
export async function makingPartitions<Answer>(dataSource: DataSource, events: () => readonly ShopEvent[], work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (errorCode(error) !== NO_PARTITION) throw error
    await ensureMonths(dataSource, events().map(({ day }) => day.slice(0, 7)))
    return work()
  }
}
