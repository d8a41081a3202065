import { Column, Entity, Index, PrimaryColumn } from "typeorm"
import type { TrainingAnswer, TrainingStatus } from "../../api/answers"
import type { GateDecision, ModelKind, TrainingProgress } from "../../domain/training"

/** One training from its request to its end. */
@Entity({ name: "training_run" })
@Index("training_run_created_at", ["createdAt"])
export class TrainingRunEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "training_run_pkey" }) id!: string
  @Column({ type: "text" }) kind!: ModelKind
  @Column({ type: "text" }) status!: TrainingStatus
  /** Who asked for it. */
  @Column({ type: "text" }) trigger!: TrainingAnswer["trigger"]
  @Column({ name: "workflow_id", type: "text" }) workflowId!: string
  @Column({ name: "run_id", type: "text", nullable: true }) runId!: string | null
  @Column({ type: "integer" }) seed!: number
  @Column({ name: "created_at", type: "timestamptz", default: () => "now()" }) createdAt!: Date
  @Column({ name: "started_at", type: "timestamptz", nullable: true }) startedAt!: Date | null
  @Column({ name: "finished_at", type: "timestamptz", nullable: true }) finishedAt!: Date | null
  @Column({ type: "jsonb", nullable: true }) progress!: TrainingProgress | null
  @Column({ name: "loss_curve", type: "jsonb", default: () => "'[]'" }) lossCurve!: { step: number; loss: number }[]
  @Column({ type: "jsonb", nullable: true }) gate!: GateDecision | null
  @Column({ type: "text", nullable: true }) error!: string | null
  @Column({ name: "model_version_id", type: "uuid", nullable: true }) modelVersionId!: string | null
  @Column({ type: "text", nullable: true }) backend!: string | null
}
