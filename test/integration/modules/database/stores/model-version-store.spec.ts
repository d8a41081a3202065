import { randomUUID } from "node:crypto"
import { openTestDatabase, type TestDatabase } from "../../../../support/database"
import { modelVersion as version } from "../../../../support/model-version"

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
afterEach(() => database.dataSource.query("TRUNCATE foresight.model_version, foresight.training_run, foresight.training_checkpoint"))

describe("ModelVersionStore", () => {
  it("numbers versions per kind, serves the promoted one and retires the former", async () => {
    const { modelVersions } = database.stores
    expect(await modelVersions.serving("taste")).toBeNull()
    const first = await modelVersions.add(version())
    const rejected = await modelVersions.add(version({ promote: false }))
    const second = await modelVersions.add(version())
    const demand = await modelVersions.add(version({ kind: "demand" }))
    expect([first, rejected, second, demand].map((one) => [one.version, one.status])).toEqual([[1, "serving"], [2, "rejected"], [3, "serving"], [1, "serving"]])
    expect((await modelVersions.get(first.id)).status).toBe("retired")
    expect((await modelVersions.serving("taste"))?.id).toBe(second.id)
    expect(await modelVersions.list({ kind: "taste", limit: 1, offset: 1 })).toMatchObject({ models: [{ id: rejected.id }], count: 3 })
    expect(await modelVersions.list({ status: "serving", limit: 10, offset: 0 })).toMatchObject({ count: 2 })
  })

  it("gives back what was stored, bytes included, and adds one id once", async () => {
    const given = version()
    const added = await database.stores.modelVersions.add(given)
    expect(await database.stores.modelVersions.add({ ...given, algorithm: "other" })).toEqual(added)
    const { bytes, ...facts } = given
    expect(added).toMatchObject({ ...facts, byteCount: 4, createdAt: expect.any(Date) as Date })
    expect(new Uint8Array(await database.stores.modelVersions.bytes(given.id))).toEqual(bytes)
  })

  it("rolls back to an older version", async () => {
    const { modelVersions } = database.stores
    const first = await modelVersions.add(version())
    const second = await modelVersions.add(version())
    expect((await modelVersions.promote(first.id)).status).toBe("serving")
    expect((await modelVersions.promote(first.id)).status).toBe("serving")
    expect((await modelVersions.get(second.id)).status).toBe("retired")
  })

  it("serves exactly one when several processes add and promote at once", async () => {
    const pools = await Promise.all([1, 2, 3].map(() => database.openAgain()))
    const added = await Promise.all(pools.flatMap(({ stores }) => [stores.modelVersions.add(version()), stores.modelVersions.add(version())]))
    expect(added.map((one) => one.version).sort()).toEqual([1, 2, 3, 4, 5, 6])
    await Promise.all(added.map(({ id }, index) => (pools[index % 3] ?? database).stores.modelVersions.promote(id)))
    const { models } = await database.stores.modelVersions.list({ limit: 10, offset: 0 })
    expect(models.filter(({ status }) => status === "serving")).toHaveLength(1)
    expect(models.filter(({ status }) => status === "retired")).toHaveLength(5)
  })

  it.each(["3b0e4d1c-0000-4000-8000-000000000000", "no uuid at all"])("names the version %j that does not exist", async (id) => {
    const { modelVersions } = database.stores
    const message = `model version "${id}" does not exist`
    await expect(modelVersions.get(id)).rejects.toMatchObject({ code: "not_found", message })
    await expect(modelVersions.bytes(id)).rejects.toMatchObject({ code: "not_found", message })
    await expect(modelVersions.promote(id)).rejects.toMatchObject({ code: "not_found", message })
  })
})

describe("TrainingRunStore", () => {
  const queued = () => ({ id: randomUUID(), kind: "taste" as const, trigger: "admin" as const, workflowId: "foresight/shop/train-model/taste", seed: 42 })

  it("follows a training from its request to its end", async () => {
    const { trainingRuns, modelVersions } = database.stores
    const run = queued()
    expect(await trainingRuns.create(run)).toMatchObject({ ...run, status: "queued", lossCurve: [], progress: null, modelVersion: null })
    await trainingRuns.create({ ...run, seed: 1 })
    expect((await trainingRuns.active("taste"))?.seed).toBe(42)
    await trainingRuns.start(run.id, { runId: "r1", backend: "wasm" })
    await trainingRuns.report(run.id, { stage: "tuning", step: 1, steps: 2, loss: 0.5 }, [{ step: 1, loss: 0.5 }])
    await trainingRuns.report(run.id, { stage: "tuning", step: 2, steps: 2, loss: 0.4 }, [{ step: 2, loss: 0.4 }])
    await trainingRuns.start(run.id, { runId: "r1", backend: null }) // a retry tells its own progress
    expect(await trainingRuns.get(run.id)).toMatchObject({ progress: null, lossCurve: [], backend: "wasm" })
    await trainingRuns.report(run.id, { stage: "tuning", step: 1, steps: 2, loss: 0.6 }, [{ step: 1, loss: 0.6 }])
    await trainingRuns.report(run.id, { stage: "tuning", step: 2, steps: 2 }, [{ step: 2, loss: 0.4 }])
    await trainingRuns.saveCheckpoint(run.id, 1, Uint8Array.of(1))
    await trainingRuns.saveCheckpoint(run.id, 2, Uint8Array.of(2, 3))
    const checkpoint = await trainingRuns.checkpoint(run.id)
    expect([checkpoint?.step, ...(checkpoint?.bytes ?? [])]).toEqual([2, 2, 3])
    const added = await modelVersions.add(version())
    const ended = await trainingRuns.finish(run.id, { status: "promoted", gate: added.gate, modelVersionId: added.id })
    expect(ended).toMatchObject({
      status: "promoted",
      runId: "r1",
      backend: "wasm",
      progress: { step: 2 },
      lossCurve: [{ step: 1, loss: 0.6 }, { step: 2, loss: 0.4 }],
      gate: added.gate,
      modelVersion: 1,
      finishedAt: expect.any(Date) as Date,
    })
    expect(await trainingRuns.checkpoint(run.id)).toBeNull()
    expect(await trainingRuns.active("taste")).toBeNull()
  })

  it("ends once: what comes later changes nothing", async () => {
    const { trainingRuns } = database.stores
    const run = queued()
    await trainingRuns.create(run)
    const ended = await trainingRuns.finish(run.id, { status: "canceled" })
    await trainingRuns.start(run.id, { runId: "late", backend: null })
    await trainingRuns.report(run.id, { stage: "tuning", step: 1, steps: 2 })
    expect(await trainingRuns.finish(run.id, { status: "failed", error: "late" })).toEqual(ended)
  })

  it("runs on when a training begins that was thought never to have started", async () => {
    const { trainingRuns } = database.stores
    const run = queued()
    await trainingRuns.create(run)
    await trainingRuns.finish(run.id, { status: "failed", error: "Temporal did not answer" })
    await trainingRuns.start(run.id, { runId: "r1", backend: null })
    expect(await trainingRuns.get(run.id)).toMatchObject({ status: "running", runId: "r1", error: null, finishedAt: null })
    await trainingRuns.finish(run.id, { status: "failed", error: "out of memory" })
    await trainingRuns.start(run.id, { runId: "r2", backend: null })
    expect(await trainingRuns.get(run.id)).toMatchObject({ status: "failed", runId: "r1", error: "out of memory" })
  })

  it("lists the newest first, filtered and paged", async () => {
    const { trainingRuns } = database.stores
    const runs = [queued(), { ...queued(), kind: "demand" as const }, queued()]
    for (const run of runs) await trainingRuns.create(run)
    await trainingRuns.finish(runs[0]?.id ?? "", { status: "failed", error: "no data" })
    expect((await trainingRuns.list({ limit: 2, offset: 0 })).trainings.map(({ id }) => id)).toEqual([runs[2]?.id, runs[1]?.id])
    expect(await trainingRuns.list({ kind: "taste", status: "failed", limit: 9, offset: 0 })).toMatchObject({ trainings: [{ error: "no data" }], count: 1 })
  })

  it("names a training that does not exist", async () => {
    await expect(database.stores.trainingRuns.get("abc")).rejects.toMatchObject({ code: "not_found", message: 'training "abc" does not exist' })
  })
})
