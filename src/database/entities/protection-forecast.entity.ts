import { Column, Entity, PrimaryColumn } from "typeorm"
import type { DemandOutlook, ReplenishmentSettings } from "../../domain/replenishment/types"

/** What one inventory item is expected to need at one location over its protection period (`DemandOutlook`); a later run overwrites the row. */
@Entity({ name: "protection_forecast" })
export class ProtectionForecastEntity {
  @PrimaryColumn({ name: "inventory_item_id", type: "text", primaryKeyConstraintName: "protection_forecast_pkey" }) inventoryItemId!: string
  @PrimaryColumn({ name: "location_id", type: "text", primaryKeyConstraintName: "protection_forecast_pkey" }) locationId!: string
  /** First day of the period in the shop's time zone. */
  @Column({ type: "date" }) day!: string
  @Column({ name: "expected_demand", type: "double precision" }) expectedDemand!: number
  @Column({ name: "cover_demand", type: "double precision" }) coverDemand!: number
  /** Units over lead time + review period at `SUM_LEVELS`. */
  @Column({ name: "protection_quantiles", type: "double precision", array: true }) protectionQuantiles!: number[]
  /** Units over the lead time at `SUM_LEVELS`. */
  @Column({ name: "lead_time_quantiles", type: "double precision", array: true }) leadTimeQuantiles!: number[]
  /** Units over the first d days, d = 0 … `OUTLOOK_DAYS`. */
  @Column({ name: "median_curve", type: "double precision", array: true }) medianCurve!: number[]
  @Column({ name: "high_curve", type: "double precision", array: true }) highCurve!: number[]
  @Column({ name: "service_curve", type: "double precision", array: true }) serviceCurve!: number[]
  /** The settings it was drawn for. */
  @Column({ type: "jsonb" }) settings!: ReplenishmentSettings
  @Column({ type: "text", array: true }) assumed!: DemandOutlook["assumed"]
  /** Users who set a forecast behind it by hand. */
  @Column({ name: "overridden_by", type: "text", array: true, default: [] }) overriddenBy!: string[]
  @Column({ name: "model_version_id", type: "uuid", nullable: true }) modelVersionId!: string | null
  @Column({ name: "history_weeks", type: "double precision" }) historyWeeks!: number
  @Column({ name: "computed_at", type: "timestamptz" }) computedAt!: Date
}
