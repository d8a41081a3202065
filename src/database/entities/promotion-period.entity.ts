import { Column, Entity, PrimaryColumn } from "typeorm"

/** A promotion as the shop plans it: known before it begins. */
@Entity({ name: "promotion_period" })
export class PromotionPeriodEntity {
  @PrimaryColumn({ name: "promotion_id", type: "text", primaryKeyConstraintName: "promotion_period_pkey" }) promotionId!: string
  @Column({ type: "text" }) code!: string
  /** `draft`, `active` or `inactive`. */
  @Column({ type: "text" }) status!: string
  @Column({ name: "is_automatic", type: "boolean" }) isAutomatic!: boolean
  @Column({ name: "campaign_id", type: "text", nullable: true }) campaignId!: string | null
  @Column({ name: "campaign_name", type: "text", nullable: true }) campaignName!: string | null
  @Column({ name: "starts_at", type: "timestamptz", nullable: true }) startsAt!: Date | null
  @Column({ name: "ends_at", type: "timestamptz", nullable: true }) endsAt!: Date | null
  /** `standard` or `buyget`. */
  @Column({ type: "text" }) type!: string
  /** `fixed` or `percentage`. */
  @Column({ name: "value_type", type: "text", nullable: true }) valueType!: string | null
  @Column({ type: "numeric", nullable: true }) value!: number | null
  @Column({ name: "currency_code", type: "text", nullable: true }) currencyCode!: string | null
  /** `items`, `order` or `shipping_methods`. */
  @Column({ name: "target_type", type: "text", nullable: true }) targetType!: string | null
  /** Rules over products, categories, collections …; empty: everything. */
  @Column({ type: "jsonb" }) targets!: { attribute: string; operator: string; values: string[] }[]
  /** Since when it is or was active: since it was made where it was active when first seen, as far as the shop says, else when it was seen to be; `null` of one
   * that never was. */
  @Column({ name: "active_from", type: "timestamptz", nullable: true }) activeFrom!: Date | null
  /** When it was first seen to be active no longer; `null` while it is, and of one that never was. */
  @Column({ name: "active_until", type: "timestamptz", nullable: true }) activeUntil!: Date | null
  /** When the shop had it no more. */
  @Column({ name: "removed_at", type: "timestamptz", nullable: true }) removedAt!: Date | null
}
