import { Column, Entity, Index, PrimaryColumn } from "typeorm"
import type { AdviceStatus, LedgerLine, ReplenishmentSettings, StockPosition } from "../../domain/replenishment/types"

/** What to order of one inventory item at one location, and why; the newest computation only. */
@Entity({ name: "advice" })
@Index("advice_risk", ["stockoutProbability"])
@Index("advice_status", ["status", "stockoutProbability"])
export class AdviceEntity {
  @PrimaryColumn({ name: "inventory_item_id", type: "text", primaryKeyConstraintName: "advice_pkey" }) inventoryItemId!: string
  @PrimaryColumn({ name: "location_id", type: "text", primaryKeyConstraintName: "advice_pkey" }) locationId!: string
  @Column({ type: "date" }) day!: string
  @Column({ type: "text" }) status!: AdviceStatus
  @Column({ name: "order_quantity", type: "double precision" }) orderQuantity!: number
  /** Last day on which ordering keeps the risk at or below 1 − service level. */
  @Column({ name: "order_by", type: "date", nullable: true }) orderBy!: string | null
  @Column({ name: "reorder_point", type: "double precision" }) reorderPoint!: number
  @Column({ name: "order_up_to", type: "double precision" }) orderUpTo!: number
  @Column({ name: "expected_demand", type: "double precision" }) expectedDemand!: number
  @Column({ name: "safety_stock", type: "double precision" }) safetyStock!: number
  @Column({ name: "days_of_cover", type: "double precision", nullable: true }) daysOfCover!: number | null
  @Column({ name: "days_of_cover_low", type: "double precision", nullable: true }) daysOfCoverLow!: number | null
  @Column({ name: "stockout_probability", type: "double precision", nullable: true }) stockoutProbability!: number | null
  /** Lines that sum to `orderQuantity`. */
  @Column({ type: "jsonb" }) ledger!: LedgerLine[]
  @Column({ type: "text" }) reason!: string
  @Column({ type: "text", array: true }) assumed!: string[]
  /** Users who set a forecast behind it by hand. */
  @Column({ name: "overridden_by", type: "text", array: true, default: [] }) overriddenBy!: string[]
  /** The stock it was computed from. */
  @Column({ type: "jsonb" }) stock!: StockPosition
  @Column({ type: "jsonb" }) settings!: ReplenishmentSettings
  @Column({ name: "model_version_id", type: "uuid", nullable: true }) modelVersionId!: string | null
  @Column({ name: "computed_at", type: "timestamptz" }) computedAt!: Date
  /** Copies of the shop's words, so that a list needs no second look-up. */
  @Column({ type: "text", nullable: true }) sku!: string | null
  @Column({ type: "text" }) title!: string
  @Column({ type: "text", nullable: true }) thumbnail!: string | null
  @Column({ name: "location_name", type: "text", nullable: true }) locationName!: string | null
  @Column({ name: "product_ids", type: "text", array: true }) productIds!: string[]
}
