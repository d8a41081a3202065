import { Column, Entity, Index, PrimaryColumn } from "typeorm"

/** What a cart held of one variant when it was last looked at; compared with the cart on its next change. */
@Entity({ name: "cart_line" })
@Index("cart_line_updated_at", ["updatedAt"])
export class CartLineEntity {
  @PrimaryColumn({ name: "cart_id", type: "text", primaryKeyConstraintName: "cart_line_pkey" }) cartId!: string
  @PrimaryColumn({ name: "variant_id", type: "text", primaryKeyConstraintName: "cart_line_pkey" }) variantId!: string
  @Column({ name: "product_id", type: "text", nullable: true }) productId!: string | null
  @Column({ type: "numeric" }) quantity!: number
  @Column({ name: "updated_at", type: "timestamptz", default: () => "now()" }) updatedAt!: Date
}
