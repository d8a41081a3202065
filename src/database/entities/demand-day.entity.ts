import { Column, Entity, Index, PrimaryColumn } from "typeorm"

/** What was sold of one variant on one day in the shop's time zone; counted from the events, rebuilt a day at a time. `""` stands for unknown. */
@Entity({ name: "demand_day" })
@Index("demand_day_variant", ["variantId"])
export class DemandDayEntity {
  @PrimaryColumn({ type: "date", primaryKeyConstraintName: "demand_day_pkey" }) day!: string
  @PrimaryColumn({ name: "variant_id", type: "text", primaryKeyConstraintName: "demand_day_pkey" }) variantId!: string
  @PrimaryColumn({ name: "location_id", type: "text", primaryKeyConstraintName: "demand_day_pkey" }) locationId!: string
  @PrimaryColumn({ name: "sales_channel_id", type: "text", primaryKeyConstraintName: "demand_day_pkey" }) salesChannelId!: string
  @PrimaryColumn({ name: "currency_code", type: "text", primaryKeyConstraintName: "demand_day_pkey" }) currencyCode!: string
  @Column({ type: "double precision" }) units!: number
  @Column({ name: "returned_units", type: "double precision" }) returnedUnits!: number
  @Column({ type: "integer" }) orders!: number
  @Column({ type: "numeric" }) revenue!: number
  /** Mean price paid per unit; `null` where no line had a price. */
  @Column({ name: "unit_price", type: "double precision", nullable: true }) unitPrice!: number | null
}
