import { Column, Entity, Index, PrimaryColumn } from "typeorm"
import type { ExclusionReason } from "../../domain/events"

/** An event that is kept but does not count, and why; restored when `restoredAt` is set. */
@Entity({ name: "excluded_line" })
@Index("excluded_line_import", ["importId"])
@Index("excluded_line_reason", ["reason", "day", "eventId"])
export class ExcludedLineEntity {
  @PrimaryColumn({ type: "date", primaryKeyConstraintName: "excluded_line_pkey" }) day!: string
  @PrimaryColumn({ name: "event_id", type: "text", primaryKeyConstraintName: "excluded_line_pkey" }) eventId!: string
  @Column({ type: "text" }) reason!: ExclusionReason
  @Column({ type: "text", nullable: true }) detail!: string | null
  @Column({ name: "import_id", type: "uuid", nullable: true }) importId!: string | null
  @Column({ name: "restored_at", type: "timestamptz", nullable: true }) restoredAt!: Date | null
  /** The user who last set it aside or restored it; `null`: a rule did, and a rule may change it again. */
  @Column({ name: "changed_by", type: "text", nullable: true }) changedBy!: string | null
  @Column({ name: "changed_at", type: "timestamptz", nullable: true }) changedAt!: Date | null
  @Column({ name: "created_at", type: "timestamptz", default: () => "now()" }) createdAt!: Date
}
