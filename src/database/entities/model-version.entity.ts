import { Column, Entity, Index, PrimaryColumn } from "typeorm"
import type { DemandBacktest } from "../../domain/demand/types"
import type { RankingBacktest } from "../../domain/recommending/types"
import type { GateDecision, ModelKind } from "../../domain/training"

/** One trained model with its bytes and everything that says how it came about. At most one a kind serves. */
@Entity({ name: "model_version" })
@Index("model_version_kind_version", ["kind", "version"], { unique: true })
@Index("model_version_serving", ["kind"], { unique: true, where: "status = 'serving'" })
export class ModelVersionEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "model_version_pkey" }) id!: string
  @Column({ type: "text" }) kind!: ModelKind
  @Column({ type: "integer" }) version!: number
  @Column({ type: "text" }) status!: "serving" | "retired" | "rejected"
  @Column({ type: "text" }) algorithm!: string
  @Column({ type: "jsonb" }) parameters!: Record<string, unknown>
  @Column({ type: "jsonb" }) backtest!: DemandBacktest | RankingBacktest
  @Column({ type: "jsonb" }) gate!: GateDecision
  @Column({ name: "data_from", type: "date" }) dataFrom!: string
  @Column({ name: "data_to", type: "date" }) dataTo!: string
  @Column({ type: "integer" }) seed!: number
  @Column({ type: "double precision" }) seconds!: number
  @Column({ type: "text" }) backend!: string
  @Column({ type: "bytea" }) bytes!: Buffer
  @Column({ name: "created_at", type: "timestamptz", default: () => "now()" }) createdAt!: Date
}
