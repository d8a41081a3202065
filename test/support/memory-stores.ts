import type { PastForecast } from "../../src/database/stores/forecast-history-store"
import type { ModelVersion, NewModelVersion } from "../../src/database/stores/model-version-store"
import type { TrainingRun } from "../../src/database/stores/training-run-store"
import type { TrainingActivityDeps } from "../../activities/training"
import { ForesightError } from "../../src/domain/errors"

/** The stores that trainings write to, in memory, with what was written last. */
export function memoryTrainingStores() {
  const runs = new Map<string, TrainingRun>()
  const versions: (NewModelVersion & ModelVersion)[] = []
  const checkpoints = new Map<string, { step: number; bytes: Uint8Array }>()
  const reports: number[] = []
  const kept: PastForecast[] = []
  const get = (id: string) => {
    const run = runs.get(id)
    if (!run) throw new ForesightError("not_found", `training ${id} does not exist`)
    return run
  }
  const stores: TrainingActivityDeps["stores"] = {
    trainingRuns: {
      create: async ({ id, kind, trigger, workflowId, seed }) => {
        const blank = { runId: null, startedAt: null, finishedAt: null, progress: null, gate: null, error: null, modelVersionId: null, modelVersion: null, backend: null }
        if (!runs.has(id)) runs.set(id, { ...blank, id, kind, trigger, workflowId, seed, status: "queued", createdAt: new Date(), lossCurve: [] })
        return get(id)
      },
      get: async (id) => get(id),
      list: async ({ kind }) => ({ trainings: [...runs.values()].filter((run) => !kind || run.kind === kind), count: runs.size }),
      active: async () => null,
      start: async (id, { runId, backend }) => void Object.assign(get(id), { status: "running", runId, backend: backend ?? get(id).backend }),
      report: async (id, progress, points = []) => {
        reports.push(progress.step)
        Object.assign(get(id), { progress, lossCurve: [...get(id).lossCurve, ...points] })
      },
      finish: async (id, end) => Object.assign(get(id), { ...end, finishedAt: new Date() }),
      saveCheckpoint: async (id, step, bytes) => void checkpoints.set(id, { step, bytes }),
      checkpoint: async (id) => checkpoints.get(id) ?? null,
    },
    modelVersions: {
      add: async (version) => {
        const known = versions.find(({ id }) => id === version.id)
        if (known) return known
        const added = { ...version, version: versions.length + 1, status: version.gate.promote ? ("serving" as const) : ("rejected" as const), createdAt: new Date(), byteCount: version.bytes.length }
        versions.push(added)
        return added
      },
      serving: async (kind) => versions.findLast((version) => version.kind === kind && version.status === "serving") ?? null,
      get: async (id) => versions.find((version) => version.id === id) ?? Promise.reject(new ForesightError("not_found", id)),
      bytes: async (id) => versions.find((version) => version.id === id)?.bytes ?? new Uint8Array(),
      list: async () => ({ models: versions, count: versions.length }),
      promote: () => Promise.reject(new ForesightError("not_found", "nothing to promote")),
    },
    forecastHistory: {
      lastDay: async () => null,
      firstDay: async () => null,
      keep: async (forecasts) => kept.push(...forecasts),
      removeBefore: async () => 0,
      weeksOver: async () => [],
      replayedWeeks: async () => [],
      said: async () => [],
      accuracy: async () => [],
      worst: async () => [],
      outside: async () => ({ weeks: [], count: 0 }),
    },
    demand: {
      rebuildTouched: async () => ({ days: 0, left: 0 }),
      daysTouched: async () => 0,
      rowsForPanel: async () => [],
      span: async () => ({ firstDay: "2025-01-01", lastDay: "2026-01-01" }),
    },
    events: {
      ensurePartitions: async () => [],
      insert: async (events) => ({ inserted: events.length, duplicates: 0, insertedIds: new Set(events.map(({ eventId }) => eventId)) }),
      recentOfSession: async () => [],
      recentOfCustomer: async () => [],
      newOfCustomer: async () => [],
      recentOfVisitor: async () => [],
      ofOrder: async () => [],
      eraseCustomer: async () => ({ deleted: 0, anonymised: 0, vectors: 0 }),
      interactions: () => Promise.reject(new ForesightError("invalid_interactions", "none")),
      summary: async () => ({ total: 0, lastDay: null }),
      has: async () => false,
      unknownSkus: async () => [],
      customersPage: async () => [],
      attachSku: async () => 0,
    },
  }
  return { stores, runs, versions, checkpoints, reports, kept }
}
