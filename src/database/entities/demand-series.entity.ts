import { Column, Entity, Index, PrimaryColumn } from "typeorm"
import type { DemandClass } from "../../domain/demand/types"

/** One variant at one location as the last forecast run saw it: what it is called, where it belongs, how it sold. A later run overwrites the row. */
@Entity({ name: "demand_series" })
@Index("demand_series_product", ["productId"])
export class DemandSeriesEntity {
  @PrimaryColumn({ name: "variant_id", type: "text", primaryKeyConstraintName: "demand_series_pkey" }) variantId!: string
  @PrimaryColumn({ name: "location_id", type: "text", primaryKeyConstraintName: "demand_series_pkey" }) locationId!: string
  @Column({ name: "product_id", type: "text" }) productId!: string
  @Column({ name: "category_id", type: "text", nullable: true }) categoryId!: string | null
  /** All categories of the product: a promotion may be for any of them. */
  @Column({ name: "category_ids", type: "text", array: true, default: "{}" }) categoryIds!: string[]
  @Column({ type: "text", nullable: true }) sku!: string | null
  @Column({ name: "variant_title", type: "text" }) variantTitle!: string
  @Column({ name: "product_title", type: "text" }) productTitle!: string
  @Column({ type: "text", nullable: true }) thumbnail!: string | null
  /** Items whose lack stops its sales; empty where it sells without stock. */
  @Column({ name: "inventory_item_ids", type: "text", array: true }) inventoryItemIds!: string[]
  @Column({ name: "demand_class", type: "text" }) demandClass!: DemandClass
  /** First day of the first week of `demand`. */
  @Column({ name: "first_week", type: "date" }) firstWeek!: string
  /** Units wanted a week, stock-outs made up for; NaN where nobody knows. The last week ends on the day before the forecast begins. */
  @Column({ type: "double precision", array: true }) demand!: number[]
  @Column({ name: "computed_at", type: "timestamptz" }) computedAt!: Date
}
