import { Column, Entity, Index, PrimaryColumn } from "typeorm"

/** One place in a list of lately popular products; `scope` `""` is the whole shop. */
@Entity({ name: "popular_product" })
@Index("popular_product_rank", ["scope", "rank"])
export class PopularProductEntity {
  @PrimaryColumn({ type: "text", primaryKeyConstraintName: "popular_product_pkey" }) scope!: string
  @PrimaryColumn({ name: "product_id", type: "text", primaryKeyConstraintName: "popular_product_pkey" }) productId!: string
  @Column({ type: "double precision" }) score!: number
  /** From 1. */
  @Column({ type: "integer" }) rank!: number
  @Column({ name: "computed_at", type: "timestamptz" }) computedAt!: Date
}
