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
  /** By which it is grouped, and all that promotions may be for. */
  categoryId: string | null
  categoryIds: string[]
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
  /** All series with their forecasts, by variant and location. */
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
      const found = await rows<Omit<SeriesOutlook, NumberList> & Record<NumberList, Buffer>>(
        dataSource,
        `SELECT ${columnList(dataSource, DemandSeriesEntity, { alias: "s", without: ["demand", "computedAt"] })},
          f.first_day::text AS "firstDay", f.frequency, f.horizon, f.correlation, f.history_weeks AS "historyWeeks", f.reasons, f.model_version_id AS "modelVersionId",
          array_send(s.demand) AS demand, array_send(f.mean) AS mean, array_send(f.quantiles) AS quantiles
        FROM foresight.demand_series s JOIN foresight.forecast f USING (variant_id, location_id)`
      )
      return found
        .map(({ demand, mean, quantiles, ...series }) => ({ ...series, demand: numbersOf(demand), mean: numbersOf(mean), quantiles: numbersOf(quantiles) }))
        .sort((one, two) => compare(one.variantId, two.variantId) || compare(one.locationId, two.locationId)) // Postgres would sort the wide rows on disk
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

const compare = (one: string, two: string) => (one < two ? -1 : one > two ? 1 : 0)

/** Bytes before an array's elements: dimensions, flags, type, length, lower bound. An empty array has no dimension, and ends before. */
const HEADER_BYTES = 20
/** Each element is preceded by its length. */
const LENGTH_BYTES = 4
const ELEMENT_BYTES = LENGTH_BYTES + 8

/** The numbers of a `double precision[]` without nulls as `array_send()` writes it: read many times faster than text, of which Postgres makes each digit. */
function numbersOf(bytes: Buffer): number[] {
  const count = Math.max(0, Math.floor((bytes.length - HEADER_BYTES) / ELEMENT_BYTES))
  const numbers = new Array<number>(count)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at < count; at++) numbers[at] = view.getFloat64(HEADER_BYTES + at * ELEMENT_BYTES + LENGTH_BYTES)
  return numbers
}
