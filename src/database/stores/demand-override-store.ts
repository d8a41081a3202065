import type { DataSource } from "typeorm"
import type { Day } from "../../domain/day"
import type { ForecastOverride } from "../../domain/demand/apply-overrides"
import { ForesightError } from "../../domain/errors"
import { columnList, upsertRows } from "../bulk"
import { DemandOverrideEntity } from "../entities/demand-override.entity"
import { countChanged, rows } from "../query"

/** A forecast that somebody set by hand. */
export interface DemandOverride extends ForecastOverride {
  id: string
  variantId: string
  locationId: string
  note: string | null
  /** What the forecast said of its days when it was set, units. */
  forecastUnits: number
  /** What it says of them, units. */
  overrideUnits: number
  /** Id of the user. */
  createdBy: string
  createdAt: Date
  endedBy: string | null
  endedAt: Date | null
  /** The shop's day on which it was ended by hand. */
  endedOn: Day | null
}
export type NewDemandOverride = Omit<DemandOverride, "endedBy" | "endedAt" | "endedOn">

/** One whose days are over, with what was sold on those on which it held. */
export interface PastOverride extends DemandOverride {
  soldUnits: number
  /** Days on which it held, 0 where it was ended before its first one, and days it was set for. */
  daysHeld: number
  daysSet: number
}

export interface DemandOverrideStore {
  add(override: NewDemandOverride): Promise<void>
  /** Ends one; one that has ended stays as it is. @throws ForesightError `not_found` */
  end(id: string, by: string, at: Date, on: Day): Promise<DemandOverride>
  /** Those that still say something about `day` or later, oldest first; of all variants unless named. */
  active(day: Day, variantIds?: readonly string[]): Promise<DemandOverride[]>
  /** Those that say nothing about `day` or later any more, the latest first; those that were ended before their first day held on none. @param defaultLocationId Where sales without a location count. */
  past(day: Day, defaultLocationId: string | null, page: { limit: number; offset: number }): Promise<{ overrides: PastOverride[]; count: number }>
  /** Changes whenever an override is added or ended. */
  stamp(): Promise<string>
}

const HELD = "least(to_day, coalesce(ended_on - 1, to_day))"
const PAST = `FROM foresight.demand_override WHERE ${HELD} < $1::date`

/** Makes the store of overrides of an opened data source. */
export function createDemandOverrideStore(dataSource: DataSource): DemandOverrideStore {
  const columns = () => columnList(dataSource, DemandOverrideEntity)
  return {
    async add(override) {
      await upsertRows<DemandOverrideEntity>(dataSource, dataSource, DemandOverrideEntity, [override])
    },

    async end(id, by, at, on) {
      const statement = "UPDATE foresight.demand_override SET ended_by = $2, ended_at = $3, ended_on = $4::date WHERE id = $1 AND ended_at IS NULL"
      await countChanged(dataSource, statement, [id, by, at, on])
      const [override] = await rows<DemandOverride>(dataSource, `SELECT ${columns()} FROM foresight.demand_override WHERE id = $1`, [id])
      if (!override) throw new ForesightError("not_found", `Override ${id} was not found`)
      return override
    },

    active: (day, variantIds) =>
      rows<DemandOverride>(
        dataSource,
        `SELECT ${columns()} FROM foresight.demand_override 
          WHERE ended_at IS NULL AND to_day >= $1::date AND ($2::text[] IS NULL OR variant_id = ANY($2::text[])) ORDER BY demand_override.created_at, id`,
        [day, variantIds ?? null]
      ),

    async past(day, defaultLocationId, { limit, offset }) {
      const [overrides, [total]] = await Promise.all([
        rows<PastOverride>(
          dataSource,
          `SELECT ${columns()}, greatest(0, ${HELD} - from_day + 1) AS "daysHeld", to_day - from_day + 1 AS "daysSet",
            (SELECT coalesce(sum(d.units), 0) FROM foresight.demand_day d WHERE d.variant_id = demand_override.variant_id
              AND coalesce(nullif(d.location_id, ''), $2, '') = demand_override.location_id AND d.day BETWEEN from_day AND ${HELD}) AS "soldUnits"
          ${PAST} ORDER BY ${HELD} DESC, demand_override.created_at DESC LIMIT $3 OFFSET $4`,
          [day, defaultLocationId, limit, offset]
        ),
        rows<{ count: number }>(dataSource, `SELECT count(*)::int AS count ${PAST}`, [day]),
      ])
      return { overrides, count: total?.count ?? 0 }
    },

    async stamp() {
      const [found] = await rows<{ stamp: string }>(dataSource, `SELECT concat(count(*), '/', count(ended_at), '/', max(created_at)) AS stamp
        FROM foresight.demand_override`)
      return found?.stamp ?? ""
    },
  }
}
