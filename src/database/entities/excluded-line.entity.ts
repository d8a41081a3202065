import { Column, Entity, Index, PrimaryColumn } from "typeorm"
import type { ExclusionReason } from "../../domain/events"

/** An event that is kept but does not count, and why; restored when `restoredAt` is set. */
@Entity({ name: "excluded_line" })
@Index("excluded_line_import", ["importId"])
export class ExcludedLineEntity {
  @PrimaryColumn({ type: "date", primaryKeyConstraintName: "excluded_line_pkey" }) day!: string
  @PrimaryColumn({ name: "event_id", type: "text", primaryKeyConstraintName: "excluded_line_pkey" }) eventId!: string
  @Column({ type: "text" }) reason!: ExclusionReason
  @Column({ type: "text", nullable: true }) detail!: string | null
  @Column({ name: "import_id", type: "uuid", nullable: true }) importId!: string | null
  @Column({ name: "restored_at", type: "timestamptz", nullable: true }) restoredAt!: Date | null
  @Column({ name: "created_at", type: "timestamptz", default: () => "now()" }) createdAt!: Date
}
