import { Column, Entity, Index, PrimaryColumn } from "typeorm"

/** What could be sold of an item at a location at one instant, and until the next row as far as anybody knows; kept for weeks, the days' shares are in `stock_day`. */
@Entity({ name: "stock_change" })
@Index("stock_change_at", ["at"])
export class StockChangeEntity {
  @PrimaryColumn({ name: "inventory_item_id", type: "text", primaryKeyConstraintName: "stock_change_pkey" }) inventoryItemId!: string
  @PrimaryColumn({ name: "location_id", type: "text", primaryKeyConstraintName: "stock_change_pkey" }) locationId!: string
  @PrimaryColumn({ type: "timestamptz", primaryKeyConstraintName: "stock_change_pkey" }) at!: Date
  /** Stocked less reserved, units. */
  @Column({ type: "double precision" }) available!: number
}
