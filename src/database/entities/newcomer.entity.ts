import { Column, Entity, PrimaryColumn } from "typeorm"

/** What a variant that is new may be expected to sell, and from which others that is taken, as the last forecast run saw it; a later run overwrites the row. */
@Entity({ name: "newcomer" })
export class NewcomerEntity {
  @PrimaryColumn({ name: "variant_id", type: "text", primaryKeyConstraintName: "newcomer_pkey" }) variantId!: string
  @Column({ name: "product_id", type: "text" }) productId!: string
  @Column({ type: "text", nullable: true }) sku!: string | null
  @Column({ type: "text" }) title!: string
  @Column({ type: "text", nullable: true }) thumbnail!: string | null
  @Column({ name: "inventory_item_ids", type: "text", array: true }) inventoryItemIds!: string[]
  /** 0: it has not sold yet. */
  @Column({ name: "known_weeks", type: "integer" }) knownWeeks!: number
  /** Units a week at one location. */
  @Column({ type: "double precision" }) mean!: number
  /** Variance of that from variant to variant. */
  @Column({ type: "double precision" }) between!: number
  /** φ of a variant's own weeks, whose variance is `m + φ·m²`. */
  @Column({ type: "double precision" }) dispersion!: number
  @Column({ name: "has_category", type: "boolean" }) hasCategory!: boolean
  @Column({ name: "of_category", type: "integer" }) ofCategory!: number
  @Column({ name: "of_price", type: "integer" }) ofPrice!: number
  /** Variants with the most similar titles, the nearest first. */
  @Column({ name: "of_title", type: "jsonb" }) ofTitle!: { variantId: string; title: string; sku: string | null }[]
  @Column({ name: "computed_at", type: "timestamptz" }) computedAt!: Date
}
