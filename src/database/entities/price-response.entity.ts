import { Column, Entity, PrimaryColumn } from "typeorm"

/** What a variant's own sales and those of similar ones said about its price and its promotions; a later forecast run overwrites the row. */
@Entity({ name: "price_response" })
export class PriceResponseEntity {
  @PrimaryColumn({ name: "variant_id", type: "text", primaryKeyConstraintName: "price_response_pkey" }) variantId!: string
  /** Known weeks that were looked at, over all locations. */
  @Column({ type: "integer" }) weeks!: number
  /** Per unit, lately; `null` where no price is known. */
  @Column({ name: "usual_price", type: "double precision", nullable: true }) usualPrice!: number | null
  /** Percent of units a percent of price; `null` where its price never moved. */
  @Column({ type: "double precision", nullable: true }) elasticity!: number | null
  @Column({ name: "elasticity_sd", type: "double precision", nullable: true }) elasticitySd!: number | null
  /** Weeks at another price than the usual one. */
  @Column({ name: "price_weeks", type: "integer" }) priceWeeks!: number
  /** Lowest and highest price of a week, as a share of the usual one. */
  @Column({ name: "lowest_price", type: "double precision", nullable: true }) lowestPrice!: number | null
  @Column({ name: "highest_price", type: "double precision", nullable: true }) highestPrice!: number | null
  /** Logarithm of units in a promotion over units without; `null` where it had none. */
  @Column({ name: "promotion_effect", type: "double precision", nullable: true }) promotionEffect!: number | null
  @Column({ name: "promotion_sd", type: "double precision", nullable: true }) promotionSd!: number | null
  @Column({ name: "promotion_weeks", type: "integer" }) promotionWeeks!: number
  @Column({ name: "computed_at", type: "timestamptz" }) computedAt!: Date
}
