import { Column, Entity, PrimaryColumn } from "typeorm"
import type { ForecastReasons } from "../../domain/demand/explain/explain-forecasts"
import type { Frequency } from "../../domain/demand/types"

/** The demand expected of one variant at one location, period by period; a later run overwrites the row. */
@Entity({ name: "forecast" })
export class ForecastEntity {
  @PrimaryColumn({ name: "variant_id", type: "text", primaryKeyConstraintName: "forecast_pkey" }) variantId!: string
  @PrimaryColumn({ name: "location_id", type: "text", primaryKeyConstraintName: "forecast_pkey" }) locationId!: string
  @Column({ name: "first_day", type: "date" }) firstDay!: string
  @Column({ type: "text" }) frequency!: Frequency
  @Column({ type: "integer" }) horizon!: number
  /** Units per period, `[horizon]`. */
  @Column({ type: "double precision", array: true }) mean!: number[]
  /** Units at `QUANTILE_LEVELS`, row-major, `[horizon × levels]`. */
  @Column({ type: "double precision", array: true }) quantiles!: number[]
  @Column({ type: "double precision" }) correlation!: number
  @Column({ name: "history_weeks", type: "double precision" }) historyWeeks!: number
  /** Why the first periods' total differs from the long run; `null` where nobody said. */
  @Column({ type: "jsonb", nullable: true }) reasons!: ForecastReasons | null
  @Column({ name: "model_version_id", type: "uuid", nullable: true }) modelVersionId!: string | null
  @Column({ name: "computed_at", type: "timestamptz" }) computedAt!: Date
}
