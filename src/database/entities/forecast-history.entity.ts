import { Column, Entity, PrimaryColumn } from "typeorm"

/** The forecast of one variant at one location as it was made on `firstDay`, kept once a week, so that it can be compared with what happened. Where none
 * was made then, a backtest may have made it later, from what was known on that day. */
@Entity({ name: "forecast_history" })
export class ForecastHistoryEntity {
  @PrimaryColumn({ name: "first_day", type: "date", primaryKeyConstraintName: "forecast_history_pkey" }) firstDay!: string
  @PrimaryColumn({ name: "variant_id", type: "text", primaryKeyConstraintName: "forecast_history_pkey" }) variantId!: string
  @PrimaryColumn({ name: "location_id", type: "text", primaryKeyConstraintName: "forecast_history_pkey" }) locationId!: string
  /** Units a week, the first four weeks; of a replayed one only the first. */
  @Column({ type: "double precision", array: true }) mean!: number[]
  /** Units at `HISTORY_LEVELS`, row-major, a row a week. */
  @Column({ type: "double precision", array: true }) quantiles!: number[]
  @Column({ name: "model_version_id", type: "uuid", nullable: true }) modelVersionId!: string | null
  @Column({ name: "is_replayed", type: "boolean", default: false }) isReplayed!: boolean
  @Column({ name: "computed_at", type: "timestamptz" }) computedAt!: Date
}
