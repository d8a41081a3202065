import { Column, Entity, Index, PrimaryColumn } from "typeorm"
import type { Day } from "../../domain/day"
import type { ExclusionReason } from "../../domain/events"
import type { DateOrder, DecimalMark } from "../../domain/imports/file-style"

/** What was found out about a file, or said by whoever imports it. */
export interface ImportFound {
  encoding: string
  /** `comma`, `semicolon`, `tab` */
  separator: string
  decimal: DecimalMark
  /** `null`: no date needed it. */
  dates: DateOrder | null
  firstDay: Day | null
  lastDay: Day | null
  /** Where and how the file ended in the middle; `null`: it was whole. */
  cut: string | null
}

/** One import of a file: how far it is, what was kept and what was refused. */
@Entity({ name: "import_report" })
@Index("import_report_created_at", ["createdAt"])
@Index("import_report_source", ["sourceHash"], { unique: true, where: "status IN ('staging', 'inserting', 'failed')" })
export class ImportReportEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "import_report_pkey" }) id!: string
  @Column({ name: "file_name", type: "text" }) fileName!: string
  @Column({ name: "source_hash", type: "text" }) sourceHash!: string
  @Column({ type: "text" }) format!: string
  @Column({ type: "text" }) status!: "staging" | "inserting" | "done" | "failed" | "canceled"
  @Column({ name: "created_at", type: "timestamptz", default: () => "now()" }) createdAt!: Date
  @Column({ name: "finished_at", type: "timestamptz", nullable: true }) finishedAt!: Date | null
  @Column({ name: "lines_read", type: "integer", default: 0 }) linesRead!: number
  @Column({ name: "lines_kept", type: "integer", default: 0 }) linesKept!: number
  @Column({ name: "lines_duplicate", type: "integer", default: 0 }) linesDuplicate!: number
  @Column({ name: "lines_refused", type: "integer", default: 0 }) linesRefused!: number
  /** Lines kept that do not count, by reason. */
  @Column({ type: "jsonb", default: () => "'{}'" }) excluded!: Partial<Record<ExclusionReason, number>>
  @Column({ name: "refused_sample", type: "jsonb", default: () => "'[]'" })
  refusedSample!: { line: number; column: string | null; value: string | null; message: string }[]
  @Column({ type: "text", nullable: true }) error!: string | null
  /** Last line that is safely staged. */
  @Column({ name: "resume_line", type: "integer", default: 0 }) resumeLine!: number
  /** Whole weeks by which all dates are moved when they become events; `null`: no shift was asked for. */
  @Column({ name: "shift_weeks", type: "integer", nullable: true }) shiftWeeks!: number | null
  /** What was found out about the file. */
  @Column({ type: "jsonb", nullable: true }) found!: ImportFound | null
  /** Last line of the file that was staged. */
  @Column({ name: "last_line", type: "integer", default: 0 }) lastLine!: number
  /** Pages of lines that have become events. */
  @Column({ name: "done_pages", type: "integer", array: true, default: () => "'{}'" }) donePages!: number[]
  /** Whether `import_name` is complete. */
  @Column({ name: "names_resolved", type: "boolean", default: false }) namesResolved!: boolean
}
