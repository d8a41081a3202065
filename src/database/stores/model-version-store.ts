import type { DataSource } from "typeorm"
import type { Day } from "../../domain/day"
import type { DemandBacktest } from "../../domain/demand/types"
import type { RankingBacktest } from "../../domain/recommending/types"
import type { GateDecision, ModelKind } from "../../domain/training"
import { ForesightError } from "../../domain/errors"
import { columnList } from "../bulk"
import { ModelVersionEntity } from "../entities/model-version.entity"
import { holdLock, rows, transaction, type Executor } from "../query"

/** `serving`: in use, one a kind · `retired`: was in use · `rejected`: the gate kept the former one. */
export type ModelVersionStatus = "serving" | "retired" | "rejected"

/** One trained model without its bytes. */
export interface ModelVersion {
  id: string
  kind: ModelKind
  /** 1, 2, 3 … within its kind. */
  version: number
  status: ModelVersionStatus
  algorithm: string
  parameters: Record<string, unknown>
  backtest: DemandBacktest | RankingBacktest
  gate: GateDecision
  dataFrom: Day
  dataTo: Day
  seed: number
  seconds: number
  backend: string
  createdAt: Date
  /** Size of the bytes. */
  byteCount: number
}
export type NewModelVersion = Omit<ModelVersion, "version" | "status" | "createdAt" | "byteCount"> & { bytes: Uint8Array }

export interface ModelVersionStore {
  /** Adds a version with the next number; serving when `gate.promote` (the former one retires in the same transaction), else rejected.
   * The same id again answers the row unchanged. */
  add(version: NewModelVersion): Promise<ModelVersion>
  /** The version in service; `null` before the first. */
  serving(kind: ModelKind): Promise<ModelVersion | null>
  /** @throws ForesightError `not_found`. */
  get(id: string): Promise<ModelVersion>
  /** @throws ForesightError `not_found`. */
  bytes(id: string): Promise<Uint8Array>
  /** Newest first. */
  list(filter: { kind?: ModelKind; status?: ModelVersionStatus; limit: number; offset: number }): Promise<{ models: ModelVersion[]; count: number }>
  /** Puts any version into service (also an older one: a roll back) and retires the one that was.
   * @throws ForesightError `not_found`; `conflict` when it is so old that its bytes are kept no longer. */
  promote(id: string): Promise<ModelVersion>
}

/** Makes the model version store of an opened data source. */
export function createModelVersionStore(dataSource: DataSource): ModelVersionStore {
  const select = (executor: Executor, rest: string, parameters: readonly unknown[]) =>
    rows<ModelVersion>(
      executor,
      `SELECT ${columnList(dataSource, ModelVersionEntity, { without: ["bytes"] })}, octet_length(bytes) AS "byteCount" FROM foresight.model_version ${rest}`,
      parameters
    )
  const get = async (executor: Executor, id: string) => existing(id, (await select(executor, "WHERE id::text = $1", [id]))[0])
  const retire = (executor: Executor, kind: ModelKind) =>
    rows(executor, "UPDATE foresight.model_version SET status = 'retired' WHERE kind = $1 AND status = 'serving'", [kind])

  return {
    add: (version) =>
      transaction(dataSource, async (manager) => {
        await holdLock(manager, `model versions ${version.kind}`)
        const [known] = await select(manager, "WHERE id = $1", [version.id])
        if (known) return known
        if (version.gate.promote) await retire(manager, version.kind)
        await rows(
          manager,
          `INSERT INTO foresight.model_version
              (id, kind, version, status, algorithm, parameters, backtest, gate, data_from, data_to, seed, seconds, backend, bytes)
            SELECT $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 FROM foresight.model_version WHERE kind = $2`,
          [
            version.id,
            version.kind,
            version.gate.promote ? "serving" : "rejected",
            version.algorithm,
            JSON.stringify(version.parameters),
            JSON.stringify(version.backtest),
            JSON.stringify(version.gate),
            version.dataFrom,
            version.dataTo,
            version.seed,
            version.seconds,
            version.backend,
            Buffer.from(version.bytes),
          ]
        )
        return get(manager, version.id)
      }),

    async serving(kind) {
      const [version] = await select(dataSource, "WHERE kind = $1 AND status = 'serving'", [kind])
      return version ?? null
    },

    get: (id) => get(dataSource, id),

    async bytes(id) {
      const [found] = await rows<{ bytes: Uint8Array }>(dataSource, "SELECT bytes FROM foresight.model_version WHERE id::text = $1", [id])
      return existing(id, found).bytes
    },

    async list({ kind, status, limit, offset }) {
      const filter = "WHERE ($1::text IS NULL OR kind = $1) AND ($2::text IS NULL OR status = $2)"
      const values = [kind ?? null, status ?? null]
      const models = await select(dataSource, `${filter} ORDER BY created_at DESC, kind, version DESC LIMIT $3 OFFSET $4`, [...values, limit, offset])
      const [total] = await rows<{ count: number }>(dataSource, `SELECT count(*)::int AS count FROM foresight.model_version ${filter}`, values)
      return { models, count: total?.count ?? 0 }
    },

    promote: (id) =>
      transaction(dataSource, async (manager) => {
        const { kind } = await get(manager, id)
        await holdLock(manager, `model versions ${kind}`)
        const { byteCount, version } = await get(manager, id)
        if (byteCount === 0) throw new ForesightError("conflict", `version ${version} of ${kind} is too old: its bytes are kept no longer (option retention.modelVersions)`)
        await retire(manager, kind)
        await rows(manager, "UPDATE foresight.model_version SET status = 'serving' WHERE id = $1", [id])
        return get(manager, id)
      }),
  }
}

function existing<Row>(id: string, row: Row | undefined): Row {
  if (!row) throw new ForesightError("not_found", `model version ${JSON.stringify(id)} does not exist`)
  return row
}
