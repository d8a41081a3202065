import { Column, Entity, PrimaryColumn } from "typeorm"
import type { EventName, ExclusionReason } from "../../domain/events"

/** One parsed line of a file on its way to an event, on the file's own dates. Unlogged: it survives the end of any process, not a crash of Postgres; emptied when the import is done. */
@Entity({ name: "import_staging" })
export class ImportStagingEntity {
  @PrimaryColumn({ name: "import_id", type: "uuid", primaryKeyConstraintName: "import_staging_pkey" }) importId!: string
  @PrimaryColumn({ type: "integer", primaryKeyConstraintName: "import_staging_pkey" }) line!: number
  @Column({ name: "event_key", type: "text" }) eventKey!: string
  @Column({ type: "text" }) kind!: EventName
  @Column({ name: "order_id", type: "text", nullable: true }) orderId!: string | null
  @Column({ name: "occurred_at", type: "timestamptz" }) occurredAt!: Date
  @Column({ type: "date" }) day!: string
  @Column({ name: "customer_ref", type: "text", nullable: true }) customerRef!: string | null
  @Column({ type: "text", nullable: true }) sku!: string | null
  @Column({ type: "numeric", nullable: true }) quantity!: number | null
  @Column({ name: "unit_price", type: "numeric", nullable: true }) unitPrice!: number | null
  @Column({ name: "currency_code", type: "text", nullable: true }) currencyCode!: string | null
  @Column({ type: "text", nullable: true }) location!: string | null
  @Column({ name: "sales_channel", type: "text", nullable: true }) salesChannel!: string | null
  @Column({ name: "visitor_id", type: "text", nullable: true }) visitorId!: string | null
  @Column({ name: "session_id", type: "text", nullable: true }) sessionId!: string | null
  @Column({ name: "search_term", type: "text", nullable: true }) searchTerm!: string | null
  @Column({ name: "product_handle", type: "text", nullable: true }) productHandle!: string | null
  @Column({ type: "text", nullable: true }) exclusion!: ExclusionReason | null
  @Column({ name: "exclusion_detail", type: "text", nullable: true }) exclusionDetail!: string | null
}
