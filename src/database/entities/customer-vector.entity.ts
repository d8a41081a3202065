import { Column, Entity, PrimaryColumn } from "typeorm"

/** What one customer likes: products with weights, and those bought. Erased with the customer. */
@Entity({ name: "customer_vector" })
export class CustomerVectorEntity {
  @PrimaryColumn({ name: "customer_id", type: "text", primaryKeyConstraintName: "customer_vector_pkey" }) customerId!: string
  @Column({ name: "product_ids", type: "text", array: true }) productIds!: string[]
  @Column({ type: "real", array: true }) weights!: number[]
  @Column({ name: "purchased_ids", type: "text", array: true }) purchasedIds!: string[]
  @Column({ name: "computed_at", type: "timestamptz" }) computedAt!: Date
}
