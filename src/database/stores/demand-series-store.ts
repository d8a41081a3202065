import type { DataSource } from "typeorm"
import type { Day } from "../../domain/day"
import type { ForecastReasons } from "../../domain/demand/explain/explain-forecasts"
import type { DemandClass, Frequency } from "../../domain/demand/types"
import { columnList, upsertRows } from "../bulk"
import { DemandSeriesEntity } from "../entities/demand-series.entity"
import { countChanged, rows } from "../query"

/** One variant at one location as the last forecast run saw it. */
export interface DemandSeriesRow {
  variantId: string
  locationId: string
  productId: string
  categoryId: string | null
  sku: string | null
  variantTitle: string
  productTitle: string
  thumbnail: string | null
  /** Items whose lack stops its sales; empty where it sells without stock. */
  inventoryItemIds: string[]
  demandClass: DemandClass
  /** First day of the first week of `demand`. */
  firstWeek: Day
  /** Units wanted a week, stock-outs made up for; NaN where nobody knows. */
  demand: number[]
  computedAt: Date
}

/** A series with its forecast. */
export interface SeriesOutlook extends Omit<DemandSeriesRow, "computedAt"> {
  firstDay: Day
  frequency: Frequency
  horizon: number
  mean: number[]
  quantiles: number[]
  correlation: number
  historyWeeks: number
  reasons: ForecastReasons | null
  modelVersionId: string | null
}

export interface DemandSeriesStore {
  /** Overwrites by variant and location; an older `computedAt` never replaces a newer one. @returns rows written. */
  upsert(series: readonly DemandSeriesRow[]): Promise<number>
  /** Removes series that a full run, begun at `before`, did not write again. @returns rows removed. */
  removeBefore(before: Date): Promise<number>
  /** All series with their forecasts, by variant and location, with numbers of about seven digits: half the bytes to read. */
  outlooks(): Promise<SeriesOutlook[]>
  /** Changes whenever forecasts or series were written. */
  stamp(): Promise<string>
}

/** Makes the store of demand series of an opened data source. */
export function createDemandSeriesStore(dataSource: DataSource): DemandSeriesStore {
  return {
    upsert: (series) => upsertRows(dataSource, dataSource, DemandSeriesEntity, series, { newerBy: "computedAt" }),

    removeBefore: (before) => countChanged(dataSource, "DELETE FROM foresight.demand_series WHERE computed_at < $1", [before]),

    async outlooks() {
      const found = await rows<Omit<SeriesOutlook, NumberList> & Record<NumberList, string>>(
        dataSource,
        `SELECT ${columnList(dataSource, DemandSeriesEntity, { alias: "s", without: ["demand", "computedAt"] })},
          f.first_day::text AS "firstDay", f.frequency, f.horizon, f.correlation, f.history_weeks AS "historyWeeks", f.reasons, f.model_version_id AS "modelVersionId",
          ${listed("s.demand")} AS demand, ${listed("f.mean")} AS mean, ${listed("f.quantiles")} AS quantiles
        FROM foresight.demand_series s JOIN foresight.forecast f USING (variant_id, location_id) ORDER BY s.variant_id, s.location_id`
      )
      return found.map(({ demand, mean, quantiles, ...series }) => ({ ...series, demand: numbers(demand), mean: numbers(mean), quantiles: numbers(quantiles) }))
    },

    async stamp() {
      const [found] = await rows<{ stamp: string }>(
        dataSource,
        `SELECT concat((SELECT concat(count(*), '/', max(computed_at)) FROM foresight.forecast), '|',
          (SELECT concat(count(*), '/', max(computed_at)) FROM foresight.demand_series)) AS stamp`
      )
      return found?.stamp ?? ""
    },
  }
}

type NumberList = "demand" | "mean" | "quantiles"

/** Many numbers as one text, which is read several times faster than an array; seven digits are enough for people. */
const listed = (column: string) => `array_to_string(${column}::real[], ',')`
const numbers = (text: string) => (text === "" ? [] : text.split(",").map(Number))
