import type { DataSource } from "typeorm"
import type { Day } from "../../domain/day"
import { addDays } from "../../domain/day"
import type { DemandClass } from "../../domain/demand/types"
import { upsertRows } from "../bulk"
import { ForecastHistoryEntity } from "../entities/forecast-history.entity"
import { countChanged, rows } from "../query"
import { COUNTED_WEEKS, PAST_WEEKS } from "../past-weeks"

/** Levels of the quantiles that are kept of a forecast of the past: the 98% band, the 80% band and the median. */
export const HISTORY_LEVELS = [0.01, 0.1, 0.5, 0.9, 0.99] as const

/** A forecast as it was made. */
export interface PastForecast {
  variantId: string
  locationId: string
  firstDay: Day
  /** Units a week. */
  mean: number[]
  /** Units at `HISTORY_LEVELS`, row-major. */
  quantiles: number[]
  modelVersionId: string | null
  /** Made afterwards, by a backtest; not so where it is left out. */
  isReplayed?: boolean
  computedAt: Date
}

/** What was said a week ahead, and what was sold. */
export interface SaidWeek {
  firstDay: Day
  mean: number
  /** Of a single series, units at 0.1 and 0.9; `null` of several together, whose ranges do not add up. */
  low: number | null
  high: number | null
}

/** What was said of a week and what happened. */
export interface PastWeek {
  variantId: string
  locationId: string
  productId: string
  categoryIds: string[]
  sku: string | null
  variantTitle: string
  productTitle: string
  thumbnail: string | null
  demandClass: DemandClass
  firstDay: Day
  mean: number
  q01: number
  q10: number
  q50: number
  q90: number
  q99: number
  sold: number
  /** Share of the week in which it could not be sold, 0 … 1. */
  outOfStock: number
}

/** How weeks of the past ended beside what was said of them, for one class; weeks (partly) out of stock are left out. */
export interface PastAccuracy {
  demandClass: DemandClass
  /** Items × weeks. */
  weeks: number
  items: number
  /** Of them within 0.1 … 0.9, ends included. */
  inside: number
  sold: number
  forecast: number
  /** Sum of |sold − mean|. */
  absoluteError: number
}

/** Which forecasts are compared: those whose first week ended before `before`. */
interface PastRange {
  /** First day of the earliest week looked at. */
  from: Day
  /** Today: a week counts once all its days are over. */
  today: Day
  /** Where sales without a location count. */
  defaultLocationId: string | null
}

export interface ForecastHistoryStore {
  /** The latest first day that was kept; `null` before the first. */
  lastDay(): Promise<Day | null>
  /** The first day that is kept; `null` before the first. */
  firstDay(): Promise<Day | null>
  /** Keeps forecasts; the same day again overwrites. @returns rows written. */
  keep(forecasts: readonly PastForecast[]): Promise<number>
  /** @returns rows removed. */
  removeBefore(day: Day): Promise<number>
  /** First days of the weeks that are over, oldest first. */
  weeksOver(range: Pick<PastRange, "from" | "today">): Promise<Day[]>
  /** Those of them that a backtest made afterwards. */
  replayedWeeks(range: Pick<PastRange, "from" | "today">): Promise<Day[]>
  /** What was said of each week from `from` on, of chosen series together; those without a variant or location are all. */
  said(which: { from: Day; variantIds?: readonly string[]; locationId?: string }): Promise<SaidWeek[]>
  accuracy(range: PastRange): Promise<PastAccuracy[]>
  /** Weeks with the largest loss (pinball at 0.1, 0.5 and 0.9, in units), largest first. */
  worst(range: PastRange, limit: number): Promise<PastWeek[]>
  /** Weeks that ended outside the 98% band, furthest first. */
  outside(range: PastRange, limit: number): Promise<{ weeks: PastWeek[]; count: number }>
}

const WEEK = `variant_id AS "variantId", location_id AS "locationId", product_id AS "productId", category_ids AS "categoryIds", sku, variant_title AS "variantTitle",
  product_title AS "productTitle", thumbnail, demand_class AS "demandClass", first_day::text AS "firstDay", mean, q01, q10, q50, q90, q99, sold, out_of_stock AS "outOfStock"`
const LOSS = ([[0.1, "q10"], [0.5, "q50"], [0.9, "q90"]] as const).map(([level, q]) => `greatest(${level} * (sold - ${q}), (${level} - 1) * (sold - ${q}))`).join(" + ")
const OUTSIDE = "(sold < q01 OR sold > q99)"

/** Makes the store of past forecasts of an opened data source. */
export function createForecastHistoryStore(dataSource: DataSource): ForecastHistoryStore {
  const edge = async (which: "min" | "max") => {
    const [found] = await rows<{ day: Day | null }>(dataSource, `SELECT ${which}(first_day)::text AS day FROM foresight.forecast_history`)
    return found?.day ?? null
  }
  const range = ({ from, today, defaultLocationId }: PastRange) => [from, addDays(today, -7), defaultLocationId]
  return {
    lastDay: () => edge("max"),
    firstDay: () => edge("min"),
    keep: (forecasts) =>
      upsertRows(
        dataSource,
        dataSource,
        ForecastHistoryEntity,
        forecasts.map((forecast) => ({ isReplayed: false, ...forecast }))
      ),
    removeBefore: (day) => countChanged(dataSource, "DELETE FROM foresight.forecast_history WHERE first_day < $1::date", [day]),

    async weeksOver({ from, today }) {
      const found = await rows<{ day: Day }>(dataSource, `${COUNTED_WEEKS} SELECT first_day::text AS day FROM counted ORDER BY 1`, [from, addDays(today, -7)])
      return found.map(({ day }) => day)
    },

    async replayedWeeks({ from, today }) {
      const sql = "SELECT DISTINCT first_day::text AS day FROM foresight.forecast_history WHERE first_day >= $1::date AND first_day <= $2::date AND is_replayed ORDER BY 1"
      const found = await rows<{ day: Day }>(dataSource, sql, [from, addDays(today, -7)])
      return found.map(({ day }) => day)
    },

    said: ({ from, variantIds, locationId }) =>
      rows<SaidWeek>(
        dataSource,
        `SELECT first_day::text AS "firstDay", sum(mean[1]) AS mean, CASE WHEN count(*) = 1 THEN min(quantiles[2]) END AS low, CASE WHEN count(*) = 1 THEN max(quantiles[4]) END AS high
        FROM foresight.forecast_history
        WHERE first_day >= $1::date AND ($2::text[] IS NULL OR variant_id = ANY ($2)) AND ($3::text IS NULL OR location_id = $3) GROUP BY 1 ORDER BY 1`,
        [from, variantIds ?? null, locationId ?? null]
      ),

    accuracy: (which) =>
      rows<PastAccuracy>(
        dataSource,
        `${PAST_WEEKS} SELECT demand_class AS "demandClass", count(*)::int AS weeks, count(DISTINCT (variant_id, location_id))::int AS items,
          (count(*) FILTER (WHERE sold BETWEEN q10 AND q90))::int AS inside, sum(sold) AS sold, sum(mean) AS forecast, sum(abs(sold - mean)) AS "absoluteError"
        FROM past WHERE out_of_stock = 0 GROUP BY 1`,
        range(which)
      ),

    worst: (which, limit) =>
      rows<PastWeek>(
        dataSource,
        `${PAST_WEEKS} SELECT ${WEEK} FROM past WHERE ${LOSS} > 0 ORDER BY ${LOSS} DESC, variant_id, location_id, first_day LIMIT $4`,
        [...range(which), limit]
      ),

    async outside(which, limit) {
      const [weeks, [total]] = await Promise.all([
        rows<PastWeek>(
          dataSource,
          `${PAST_WEEKS} SELECT ${WEEK} FROM past WHERE ${OUTSIDE} ORDER BY greatest(q01 - sold, sold - q99) DESC, variant_id, location_id, first_day LIMIT $4`,
          [...range(which), limit]
        ),
        rows<{ count: number }>(dataSource, `${PAST_WEEKS} SELECT count(*)::int AS count FROM past WHERE ${OUTSIDE}`, range(which)),
      ])
      return { weeks, count: total?.count ?? 0 }
    },
  }
}
