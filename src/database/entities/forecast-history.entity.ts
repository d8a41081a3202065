import { Column, Entity, PrimaryColumn } from "typeorm"

/** The forecast of one variant at one location as it was made on `firstDay`, kept once a week, so that it can be compared with what happened. */
@Entity({ name: "forecast_history" })
export class ForecastHistoryEntity {
  @PrimaryColumn({ name: "first_day", type: "date", primaryKeyConstraintName: "forecast_history_pkey" }) firstDay!: string
  @PrimaryColumn({ name: "variant_id", type: "text", primaryKeyConstraintName: "forecast_history_pkey" }) variantId!: string
  @PrimaryColumn({ name: "location_id", type: "text", primaryKeyConstraintName: "forecast_history_pkey" }) locationId!: string
  /** Units a week, the first four weeks. */
  @Column({ type: "double precision", array: true }) mean!: number[]
  /** Units at `HISTORY_LEVELS`, row-major, a row a week. */
  @Column({ type: "double precision", array: true }) quantiles!: number[]
  @Column({ name: "model_version_id", type: "uuid", nullable: true }) modelVersionId!: string | null
  @Column({ name: "computed_at", type: "timestamptz" }) computedAt!: Date
}
