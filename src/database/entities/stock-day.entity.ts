import { Column, Entity, Index, PrimaryColumn } from "typeorm"

/** Stock of one inventory item at one location as last seen on a day, units. */
@Entity({ name: "stock_day" })
@Index("stock_day_day", ["day"])
@Index("stock_day_short", ["day"], { where: "in_stock_fraction < 1" })
export class StockDayEntity {
  @PrimaryColumn({ name: "inventory_item_id", type: "text", primaryKeyConstraintName: "stock_day_pkey" }) inventoryItemId!: string
  @PrimaryColumn({ name: "location_id", type: "text", primaryKeyConstraintName: "stock_day_pkey" }) locationId!: string
  @PrimaryColumn({ type: "date", primaryKeyConstraintName: "stock_day_pkey" }) day!: string
  @Column({ type: "double precision" }) stocked!: number
  @Column({ type: "double precision" }) reserved!: number
  @Column({ type: "double precision" }) incoming!: number
  /** Share of the day in [0, 1] in which something could be sold. */
  @Column({ name: "in_stock_fraction", type: "double precision", nullable: true }) inStockFraction!: number | null
  /** True for opening stock of an imported history. */
  @Column({ type: "boolean" }) assumed!: boolean
  @Column({ name: "recorded_at", type: "timestamptz", default: () => "now()" }) recordedAt!: Date
}
