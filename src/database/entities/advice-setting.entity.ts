import { Column, Entity, PrimaryColumn } from "typeorm"

/** What the shop decided about one inventory item at one location; `null`: the plugin's default applies. */
@Entity({ name: "advice_setting" })
export class AdviceSettingEntity {
  @PrimaryColumn({ name: "inventory_item_id", type: "text", primaryKeyConstraintName: "advice_setting_pkey" }) inventoryItemId!: string
  @PrimaryColumn({ name: "location_id", type: "text", primaryKeyConstraintName: "advice_setting_pkey" }) locationId!: string
  @Column({ name: "lead_time_days", type: "double precision", nullable: true }) leadTimeDays!: number | null
  @Column({ name: "lead_time_sd_days", type: "double precision", nullable: true }) leadTimeSdDays!: number | null
  @Column({ name: "review_days", type: "double precision", nullable: true }) reviewDays!: number | null
  @Column({ name: "service_level", type: "double precision", nullable: true }) serviceLevel!: number | null
  @Column({ name: "cover_days", type: "double precision", nullable: true }) coverDays!: number | null
  @Column({ type: "double precision", nullable: true }) moq!: number | null
  @Column({ name: "pack_size", type: "double precision", nullable: true }) packSize!: number | null
  @Column({ name: "updated_at", type: "timestamptz", default: () => "now()" }) updatedAt!: Date
}
