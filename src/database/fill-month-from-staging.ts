import type { EntityManager } from "typeorm"
import { EVENT_OF_LINE, LINE } from "./insert-from-staging"
import { rows } from "./query"
import { SCHEMA } from "./schema"

/** Lines of one month, once they are moved. */
const LINES = `${LINE} WHERE p.import_id = $1 AND p.line >= $2 AND p.line <= $3
  AND p.day + 7 * $4::int >= ($8 || '-01')::date AND p.day + 7 * $4::int < ($8 || '-01')::date + interval '1 month'`

/** Brings the staged lines of one month into a table that is no partition yet, notes those that do not count and the days touched.
 * @param parameters $1 import · $2 first line · $3 last line · $4 whole weeks to move · $5 the shop's time zone · $6, $7 default location and sales channel · $8 month.
 * @returns lines inserted, and of them those that do not count, by reason. */
export async function fillMonthFromStaging(manager: EntityManager, table: string, parameters: readonly unknown[]): Promise<{ inserted: number; excluded: Record<string, number> }> {
  await rows(manager, `WITH lines AS (${LINES}) INSERT INTO ${table} ${EVENT_OF_LINE} FROM lines`, parameters)
  const [done] = await rows<{ inserted: number; excluded: Record<string, number> }>(
    manager,
    `WITH lines AS (${LINES}),
      taken_out AS (
        INSERT INTO ${SCHEMA}.excluded_line (day, event_id, reason, detail, import_id) SELECT day, event_key, reason, exclusion_detail, $1 FROM lines WHERE reason IS NOT NULL
          ON CONFLICT (day, event_id) DO NOTHING RETURNING day, reason),
      touched AS (
        INSERT INTO ${SCHEMA}.demand_touched (day)
          SELECT day FROM ${table} WHERE name IN ('purchase', 'refund') UNION SELECT day FROM taken_out)
    SELECT (SELECT count(*) FROM ${table})::int AS inserted,
      (SELECT coalesce(jsonb_object_agg(reason, n), '{}') FROM (SELECT reason, count(*)::int AS n FROM taken_out GROUP BY reason) AS reasons) AS excluded`,
    parameters
  )
  return done ?? { inserted: 0, excluded: {} }
}
