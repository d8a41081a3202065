import { Column, Entity, Index, PrimaryColumn } from "typeorm"

/** One line of what happened in the shop (`ShopEvent`). Partitioned by month of `day`: partitions `event_YYYY_MM`, no default partition. */
@Entity({ name: "event" })
@Index("event_session", ["sessionId", "occurredAt"], { where: "session_id IS NOT NULL" })
@Index("event_customer", ["customerId", "occurredAt"], { where: "customer_id IS NOT NULL" })
@Index("event_visitor", ["visitorId", "occurredAt"], { where: "visitor_id IS NOT NULL" })
@Index("event_order", ["orderId"], { where: "order_id IS NOT NULL" })
@Index("event_cart", ["cartId"], { where: "cart_id IS NOT NULL" })
@Index("event_demand", ["day", "variantId"], { where: "name IN ('purchase', 'refund')" })
@Index("event_unknown_sku", ["sku"], { where: "variant_id IS NULL AND sku IS NOT NULL" })
export class EventEntity {
  /** In the shop's time zone; a string, so that no time zone can move it. */
  @PrimaryColumn({ type: "date", primaryKeyConstraintName: "event_pkey" }) day!: string
  @PrimaryColumn({ name: "event_id", type: "text", primaryKeyConstraintName: "event_pkey" }) eventId!: string
  @Column({ type: "text" }) name!: string
  @Column({ name: "occurred_at", type: "timestamptz" }) occurredAt!: Date
  @Column({ type: "text" }) source!: string
  @Column({ name: "customer_id", type: "text", nullable: true }) customerId!: string | null
  @Column({ name: "visitor_id", type: "text", nullable: true }) visitorId!: string | null
  @Column({ name: "session_id", type: "text", nullable: true }) sessionId!: string | null
  @Column({ name: "product_id", type: "text", nullable: true }) productId!: string | null
  @Column({ name: "variant_id", type: "text", nullable: true }) variantId!: string | null
  @Column({ type: "text", nullable: true }) sku!: string | null
  @Column({ name: "location_id", type: "text", nullable: true }) locationId!: string | null
  @Column({ name: "sales_channel_id", type: "text", nullable: true }) salesChannelId!: string | null
  @Column({ name: "region_id", type: "text", nullable: true }) regionId!: string | null
  @Column({ name: "order_id", type: "text", nullable: true }) orderId!: string | null
  @Column({ name: "cart_id", type: "text", nullable: true }) cartId!: string | null
  @Column({ type: "numeric", nullable: true }) quantity!: number | null
  /** Per unit, in `currencyCode`. */
  @Column({ name: "unit_price", type: "numeric", nullable: true }) unitPrice!: number | null
  @Column({ name: "currency_code", type: "text", nullable: true }) currencyCode!: string | null
  @Column({ name: "search_term", type: "text", nullable: true }) searchTerm!: string | null
  @Column({ type: "jsonb", nullable: true }) properties!: Record<string, unknown> | null
  @Column({ name: "received_at", type: "timestamptz", default: () => "now()" }) receivedAt!: Date
}
