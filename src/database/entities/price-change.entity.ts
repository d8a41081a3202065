import { Column, Entity, Index, PrimaryColumn } from "typeorm"

/** What a price of Medusa said from one moment on; the newest row of a price holds. */
@Entity({ name: "price_change" })
@Index("price_change_variant", ["variantId", "recordedAt"])
export class PriceChangeEntity {
  @PrimaryColumn({ name: "price_id", type: "text", primaryKeyConstraintName: "price_change_pkey" }) priceId!: string
  /** When a walk first saw it so. */
  @PrimaryColumn({ name: "recorded_at", type: "timestamptz", primaryKeyConstraintName: "price_change_pkey" }) recordedAt!: Date
  @Column({ name: "variant_id", type: "text" }) variantId!: string
  @Column({ name: "currency_code", type: "text" }) currencyCode!: string
  /** Set where the price holds in one region only. */
  @Column({ name: "region_id", type: "text", nullable: true }) regionId!: string | null
  @Column({ name: "price_list_id", type: "text", nullable: true }) priceListId!: string | null
  /** `sale` or `override`. */
  @Column({ name: "price_list_type", type: "text", nullable: true }) priceListType!: string | null
  /** Units from which the price holds. */
  @Column({ name: "min_quantity", type: "numeric", nullable: true }) minQuantity!: number | null
  /** Further conditions, e.g. customer groups. */
  @Column({ type: "jsonb" }) rules!: Record<string, string>
  /** Per unit; `null`: the price is gone. */
  @Column({ type: "numeric", nullable: true }) amount!: number | null
  @Column({ name: "valid_from", type: "timestamptz" }) validFrom!: Date
  /** Known end of a price list. */
  @Column({ name: "valid_to", type: "timestamptz", nullable: true }) validTo!: Date | null
}
