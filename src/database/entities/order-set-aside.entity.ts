import { Column, Entity, PrimaryColumn } from "typeorm"

/** An order that walks over the shop could not read or store so far; the row goes when one can. */
@Entity({ name: "order_set_aside" })
export class OrderSetAsideEntity {
  @PrimaryColumn({ name: "order_id", type: "text", primaryKeyConstraintName: "order_set_aside_pkey" }) orderId!: string
  @Column({ type: "text" }) error!: string
  /** The last attempt. */
  @Column({ name: "tried_at", type: "timestamptz" }) triedAt!: Date
}
