import { Column, Entity, PrimaryColumn } from "typeorm"

/** The newest saved state of a running training, from which a second attempt goes on; removed when the run ends. */
@Entity({ name: "training_checkpoint" })
export class TrainingCheckpointEntity {
  @PrimaryColumn({ name: "training_run_id", type: "uuid", primaryKeyConstraintName: "training_checkpoint_pkey" }) trainingRunId!: string
  @Column({ type: "integer" }) step!: number
  @Column({ type: "bytea" }) bytes!: Buffer
  @Column({ name: "updated_at", type: "timestamptz", default: () => "now()" }) updatedAt!: Date
}
