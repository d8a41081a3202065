import type { DataSource } from "typeorm"
import type { Day } from "../../domain/day"
import type { EventName } from "../../domain/events"
import { holdLock, rows, transaction, type Executor } from "../query"

/** Where events come from; all imports together are one source. */
export type EventSource = "medusa" | "storefront" | "import"

/** Events of one kind from one source on one day. */
export interface Arrivals {
  day: Day
  source: EventSource
  name: EventName
  events: number
  /** When the last of them was stored. */
  lastAt: Date | null
}

export interface ArrivalStore {
  /** Events per day, source and name from `fromDay` to `today`. Full days are read from counts, made where they are missing or older than an import's
   * end; today is counted now. */
  daily(fromDay: Day, today: Day): Promise<Arrivals[]>
  /** Counts full days anew: what came late, from an offline queue or a walk over the shop, joins its day. @returns days counted. */
  recount(days: readonly Day[]): Promise<number>
  /** When each source was last heard, over all days counted. */
  lastHeard(): Promise<{ source: EventSource; lastAt: Date }[]>
}

/** Days counted by one statement. */
const DAYS_AT_ONCE = 14
/** While an import runs, counts younger than this stand, seconds. */
const KEPT_SECONDS = 15

/** Counted as it is stored and named afterwards: to cut each row's source doubles the time. */
const COUNT = `SELECT day::text AS day, split_part(source, ':', 1) AS source, name, sum(events)::int AS events, max(last) AS "lastAt"
  FROM (SELECT day, source, name, count(*) AS events, max(received_at) AS last FROM foresight.event
    WHERE day = ANY($1::date[]) GROUP BY 1, 2, 3) AS stored GROUP BY 1, 2, 3`

/** Makes the arrival store of an opened data source. */
export function createArrivalStore(dataSource: DataSource): ArrivalStore {
  const count = (executor: Executor, days: readonly Day[]) => rows<Arrivals>(executor, COUNT, [days])

  const recount = async (days: readonly Day[]) => {
    for (let at = 0; at < days.length; at += DAYS_AT_ONCE) {
      const some = days.slice(at, at + DAYS_AT_ONCE)
      await transaction(dataSource, async (manager) => {
        await holdLock(manager, "event counts")
        await rows(manager, "DELETE FROM foresight.event_count_day WHERE day = ANY($1::date[])", [some])
        await rows(
          manager,
          `INSERT INTO foresight.event_count_day (day, source, name, events, last_at, counted_at)
            SELECT day::date, source, name, events, "lastAt", now() FROM (${COUNT}) AS found
            UNION ALL SELECT unnest($1::date[]), '', '', 0, NULL, now()`,
          [some]
        )
      })
    }
    return days.length
  }

  /** Full days that were never counted, or before an import brought more. */
  const uncounted = async (fromDay: Day, today: Day) => {
    const found = await rows<{ day: Day }>(
      dataSource,
      `WITH imports AS (SELECT max(finished_at) AS ended, bool_or(status = 'inserting') AS running FROM foresight.import_report)
      SELECT d.day::date::text AS day FROM generate_series($1::date, $2::date - 1, interval '1 day') AS d(day) CROSS JOIN imports
        LEFT JOIN foresight.event_count_day c ON c.day = d.day::date AND c.source = '' AND c.name = ''
      WHERE c.day IS NULL OR c.counted_at <= imports.ended OR (imports.running AND c.counted_at < now() - make_interval(secs => $3)) ORDER BY 1`,
      [fromDay, today, KEPT_SECONDS]
    )
    return found.map(({ day }) => day)
  }

  return {
    recount,

    async daily(fromDay, today) {
      const closed = async () => {
        await recount(await uncounted(fromDay, today))
        return rows<Arrivals>(
          dataSource,
          `SELECT day::text AS day, source, name, events, last_at AS "lastAt" FROM foresight.event_count_day
            WHERE day >= $1::date AND day < $2::date AND source <> '' ORDER BY 1, 2, 3`,
          [fromDay, today]
        )
      }
      // today's events take longest to count: that goes on beside the rest
      return (await Promise.all([closed(), count(dataSource, [today])])).flat()
    },

    lastHeard: () =>
      rows<{ source: EventSource; lastAt: Date }>(
        dataSource,
        `SELECT source, max(last_at) AS "lastAt" FROM foresight.event_count_day WHERE source <> '' AND last_at IS NOT NULL GROUP BY source ORDER BY source`
      ),
  }
}
