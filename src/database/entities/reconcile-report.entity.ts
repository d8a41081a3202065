import { Column, Entity, Index, PrimaryColumn } from "typeorm"

/** What one walk over the shop read, healed and had to set aside. */
@Entity({ name: "reconcile_report" })
@Index("reconcile_report_started_at", ["startedAt"])
export class ReconcileReportEntity {
  /** The run id of the workflow: a repeated step writes the same row. */
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "reconcile_report_pkey" }) id!: string
  /** `reconcile`, `backfill`, or `erasure` where the night refused to erase. */
  @Column({ type: "text" }) kind!: string
  @Column({ name: "started_at", type: "timestamptz" }) startedAt!: Date
  @Column({ name: "finished_at", type: "timestamptz" }) finishedAt!: Date
  /** Rows read from the shop, by kind. */
  @Column({ type: "jsonb" }) walked!: Record<string, number>
  /** Rows of ours that had to be added or changed, by kind. */
  @Column({ type: "jsonb" }) healed!: Record<string, number>
  @Column({ name: "set_aside", type: "jsonb" }) setAside!: { kind: string; id: string; error: string }[]
}
