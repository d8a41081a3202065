import type { DataSource } from "typeorm"
import type { TrainingAnswer, TrainingStatus } from "../../api/answers"
import type { GateDecision, ModelKind, TrainingProgress, TrainingResult } from "../../domain/training"
import { ForesightError } from "../../domain/errors"
import { columnList } from "../bulk"
import { TrainingRunEntity } from "../entities/training-run.entity"
import { rows, transaction } from "../query"

export type LossCurve = Extract<TrainingResult, { task: "train" }>["lossCurve"]
export type TrainingTrigger = TrainingAnswer["trigger"]

/** One training from its request to its end. */
export interface TrainingRun {
  id: string
  kind: ModelKind
  status: TrainingStatus
  trigger: TrainingTrigger
  workflowId: string
  /** Temporal's run id; `null` until it started. */
  runId: string | null
  seed: number
  createdAt: Date
  startedAt: Date | null
  finishedAt: Date | null
  progress: TrainingProgress | null
  lossCurve: LossCurve
  gate: GateDecision | null
  error: string | null
  modelVersionId: string | null
  /** Number of that version. */
  modelVersion: number | null
  backend: string | null
}

export interface TrainingRunStore {
  /** Notes a queued training. The same id again changes nothing and answers the row. */
  create(run: { id: string; kind: ModelKind; trigger: TrainingTrigger; workflowId: string; seed: number }): Promise<TrainingRun>
  /** @throws ForesightError `not_found`. */
  get(id: string): Promise<TrainingRun>
  /** Newest first. */
  list(filter: { kind?: ModelKind; status?: TrainingStatus; limit: number; offset: number }): Promise<{ trainings: TrainingRun[]; count: number }>
  /** The queued or running training of a kind, newest first; `null` when none. */
  active(kind: ModelKind): Promise<TrainingRun | null>
  /** Queued → running, and what an earlier attempt said of its progress is forgotten; so does one that was called failed before it began, since a late request to Temporal may have been heard. A run that has ended otherwise stays as it is. */
  start(id: string, started: { runId: string | null; backend: string | null }): Promise<void>
  /** Overwrites the progress and appends points to the loss curve; ignored once the run has ended. */
  report(id: string, progress: TrainingProgress, points?: LossCurve): Promise<void>
  /** Ends a run once; a second call changes nothing. Drops its checkpoint. @returns the row as it stands. */
  finish(
    id: string,
    end: {
      status: Exclude<TrainingStatus, "queued" | "running">
      gate?: GateDecision | null
      error?: string | null
      modelVersionId?: string | null
      backend?: string | null
      lossCurve?: LossCurve
    }
  ): Promise<TrainingRun>
  saveCheckpoint(id: string, step: number, bytes: Uint8Array): Promise<void>
  checkpoint(id: string): Promise<{ step: number; bytes: Uint8Array } | null>
}

/** Makes the training run store of an opened data source. */
export function createTrainingRunStore(dataSource: DataSource): TrainingRunStore {
  const select = (rest: string, parameters: readonly unknown[]) =>
    rows<TrainingRun>(
      dataSource,
      `SELECT ${columnList(dataSource, TrainingRunEntity, { alias: "t" })}, m.version AS "modelVersion"
        FROM foresight.training_run t LEFT JOIN foresight.model_version m ON m.id = t.model_version_id ${rest}`,
      parameters
    )
  const get = async (id: string) => {
    const [run] = await select("WHERE t.id::text = $1", [id])
    if (!run) throw new ForesightError("not_found", `training ${JSON.stringify(id)} does not exist`)
    return run
  }

  return {
    async create({ id, kind, trigger, workflowId, seed }) {
      await rows(
        dataSource,
        `INSERT INTO foresight.training_run (id, kind, status, trigger, workflow_id, seed) VALUES ($1, $2, 'queued', $3, $4, $5) ON CONFLICT (id) DO NOTHING`,
        [id, kind, trigger, workflowId, seed]
      )
      return get(id)
    },

    get,

    async list({ kind, status, limit, offset }) {
      const filter = "WHERE ($1::text IS NULL OR t.kind = $1) AND ($2::text IS NULL OR t.status = $2)"
      const values = [kind ?? null, status ?? null]
      const trainings = await select(`${filter} ORDER BY t.created_at DESC, t.id LIMIT $3 OFFSET $4`, [...values, limit, offset])
      const [total] = await rows<{ count: number }>(dataSource, `SELECT count(*)::int AS count FROM foresight.training_run t ${filter}`, values)
      return { trainings, count: total?.count ?? 0 }
    },

    async active(kind) {
      const [run] = await select("WHERE t.kind = $1 AND t.status IN ('queued', 'running') ORDER BY t.created_at DESC LIMIT 1", [kind])
      return run ?? null
    },

    async start(id, { runId, backend }) {
      await rows(
        dataSource,
        `UPDATE foresight.training_run SET status = 'running', run_id = $2, backend = coalesce($3, backend), started_at = coalesce(started_at, now()),
            error = NULL, finished_at = NULL, progress = NULL, loss_curve = '[]'
          WHERE id = $1 AND (status IN ('queued', 'running') OR (status = 'failed' AND started_at IS NULL))`,
        [id, runId, backend]
      )
    },

    async report(id, progress, points = []) {
      await rows(
        dataSource,
        `UPDATE foresight.training_run SET progress = $2, loss_curve = loss_curve || $3::jsonb WHERE id = $1 AND status IN ('queued', 'running')`,
        [id, JSON.stringify(progress), JSON.stringify(points)]
      )
    },

    async finish(id, { status, gate, error, modelVersionId, backend, lossCurve }) {
      await transaction(dataSource, async (manager) => {
        await rows(
          manager,
          `UPDATE foresight.training_run SET status = $2, gate = $3, error = $4, model_version_id = $5, backend = coalesce($6, backend),
            loss_curve = coalesce($7::jsonb, loss_curve), finished_at = now() WHERE id = $1 AND status IN ('queued', 'running')`,
          [id, status, gate ? JSON.stringify(gate) : null, error ?? null, modelVersionId ?? null, backend ?? null, lossCurve ? JSON.stringify(lossCurve) : null]
        )
        await rows(manager, "DELETE FROM foresight.training_checkpoint WHERE training_run_id = $1", [id])
      })
      return get(id)
    },

    async saveCheckpoint(id, step, bytes) {
      await rows(
        dataSource,
        `INSERT INTO foresight.training_checkpoint (training_run_id, step, bytes) VALUES ($1, $2, $3)
          ON CONFLICT (training_run_id) DO UPDATE SET step = excluded.step, bytes = excluded.bytes, updated_at = now()`,
        [id, step, Buffer.from(bytes)]
      )
    },

    async checkpoint(id) {
      const [found] = await rows<{ step: number; bytes: Uint8Array }>(
        dataSource,
        "SELECT step, bytes FROM foresight.training_checkpoint WHERE training_run_id = $1",
        [id]
      )
      return found ?? null
    },
  }
}
