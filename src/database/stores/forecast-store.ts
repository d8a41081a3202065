import type { DataSource } from "typeorm"
import type { Day } from "../../domain/day"
import type { ForecastReasons } from "../../domain/demand/explain/explain-forecasts"
import type { Frequency } from "../../domain/demand/types"
import { columnList, upsertRows } from "../bulk"
import { ForecastEntity } from "../entities/forecast.entity"
import { countChanged, rows } from "../query"

/** The stored forecast of one variant at one location. */
export interface StoredForecast {
  variantId: string
  /** `""` when unknown. */
  locationId: string
  /** First day of the first period ahead. */
  firstDay: Day
  frequency: Frequency
  horizon: number
  /** Units per period, shape `[horizon]`. */
  mean: number[]
  /** Units at `QUANTILE_LEVELS`, row-major, shape `[horizon × levels]`. */
  quantiles: number[]
  /** Correlation between the periods' errors that fits sums best. */
  correlation: number
  historyWeeks: number
  /** Why the first periods' total differs from the long run; `null` where nobody said. */
  reasons: ForecastReasons | null
  modelVersionId: string | null
  computedAt: Date
}

export interface ForecastStore {
  /** Overwrites by variant and location; an older `computedAt` never replaces a newer one. @returns rows written. */
  upsert(rows: readonly StoredForecast[]): Promise<number>
  ofVariants(variantIds: readonly string[]): Promise<StoredForecast[]>
  /** Removes forecasts that a full refresh, begun at `before`, did not write again. @returns rows removed. */
  removeBefore(before: Date): Promise<number>
}

/** Makes the forecast store of an opened data source. */
export function createForecastStore(dataSource: DataSource): ForecastStore {
  return {
    upsert: (forecasts) => upsertRows(dataSource, dataSource, ForecastEntity, forecasts, { newerBy: "computedAt" }),

    ofVariants: (variantIds) =>
      rows<StoredForecast>(
        dataSource,
        `SELECT ${columnList(dataSource, ForecastEntity)} FROM foresight.forecast WHERE variant_id = ANY($1::text[]) ORDER BY variant_id, location_id`,
        [variantIds]
      ),

    removeBefore: (before) => countChanged(dataSource, "DELETE FROM foresight.forecast WHERE computed_at < $1", [before]),
  }
}
