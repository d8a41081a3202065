import { Column, Entity, Index, PrimaryColumn } from "typeorm"

/** A cart or a guest that is one person with a customer. Events keep what they said; they are joined when they are read. */
@Entity({ name: "identity" })
@Index("identity_customer", ["customerId"])
export class IdentityEntity {
  /** `cart`, or `guest`: a customer of Medusa without an account. */
  @PrimaryColumn({ type: "text", primaryKeyConstraintName: "identity_pkey" }) kind!: string
  @PrimaryColumn({ type: "text", primaryKeyConstraintName: "identity_pkey" }) id!: string
  @Column({ name: "customer_id", type: "text" }) customerId!: string
  /** How the shop said so: `cart_customer`, `order_transfer` or `same_email`. */
  @Column({ type: "text" }) via!: string
  @Column({ name: "linked_at", type: "timestamptz" }) linkedAt!: Date
}
