import { join } from "node:path"
import type { WorkflowHandle } from "@temporalio/client"
import { temporalContext } from "../../../activities/activity-context"
import { createTrainingActivities } from "../../../activities/training"
import { workflowIds, WORKFLOWS } from "../../../src/domain/workflow-ids"
import { runTraining } from "../../../src/worker/training-process"
import type { TrainModelInput } from "../../../workflows/train-model"
import { until } from "../../support/eventually"
import { fakeActivities } from "../../support/fake-activities"
import { memoryTrainingStores } from "../../support/memory-stores"
import { startTestTemporal, type TestTemporal } from "../../support/temporal"

const CHILD = join(__dirname, "../../support/stepping-child.cjs")
let temporal: TestTemporal

beforeAll(async () => {
  temporal = await startTestTemporal()
})
afterAll(() => temporal.stop())

/** A training by real activities in a real child process that counts to 60, and what it wrote. */
async function training(name: string, during: (handle: WorkflowHandle, memory: ReturnType<typeof memoryTrainingStores>) => Promise<void>) {
  const memory = memoryTrainingStores()
  const real = createTrainingActivities({
    stores: memory.stores,
    loadPanel: async () => ({ frequency: "week", periods: ["2025-01-01"], series: [{ seriesId: "v@l", category: null, firstPeriod: 0, units: Float64Array.of(1), price: Float64Array.of(1) }] }),
    runTraining: (job, hooks) => runTraining(job, { ...hooks, childPath: CHILD }),
    settings: { horizonWeeks: 8, sumWeeks: 3, timeBudgetSeconds: 60, memoryBudgetBytes: 1e8, timeZone: "UTC" },
    today: () => "2026-01-02",
    context: temporalContext,
  })
  await temporal.withWorkers(fakeActivities(real).activities, async () => {
    const input: TrainModelInput = { shopId: name, kind: "demand", trigger: "admin", trainingRunId: name, seed: 7, thenRefresh: false }
    const handle = await temporal.client.workflow.start(WORKFLOWS.trainModel, { taskQueue: temporal.queues.light, workflowId: workflowIds(name).trainModel("demand"), args: [input] })
    await during(handle, memory)
  })
  return memory
}

const stepReached = (memory: ReturnType<typeof memoryTrainingStores>, id: string, step: number) =>
  until(async () => {
    const { progress } = memory.runs.get(id) ?? {}
    if (!progress || progress.step < step) throw new Error("not yet")
    return Number(progress.stage)
  })

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe("a training in its own process", () => {
  it("goes on from its checkpoint after kill -9, and stores the version once", async () => {
    const memory = await training("killed", async (handle, memory) => {
      process.kill(await stepReached(memory, "killed", 20), "SIGKILL")
      expect(await handle.result()).toEqual({ trainingRunId: "killed", status: "promoted" })
    })
    expect(memory.versions).toHaveLength(1)
    expect(memory.versions[0]?.parameters.from).toBeGreaterThanOrEqual(20)
    expect(memory.runs.get("killed")).toMatchObject({ status: "promoted", modelVersionId: "killed", backend: "counting", gate: { promote: true } })
  })

  it("ends within seconds when it is canceled, its process too", async () => {
    let pid = 0
    const memory = await training("canceled", async (handle, memory) => {
      pid = await stepReached(memory, "canceled", 5)
      const asked = Date.now()
      await handle.cancel()
      await expect(handle.result()).rejects.toThrow()
      expect(Date.now() - asked).toBeLessThan(60_000)
    })
    await until(async () => expect(isAlive(pid)).toBe(false))
    expect(memory.runs.get("canceled")?.status).toBe("canceled")
    expect(memory.versions).toEqual([])
  })

  it("tells the database of its progress at most about once a second", async () => {
    let seconds = 0
    const memory = await training("told", async (handle) => {
      const started = performance.now()
      await handle.result()
      seconds = (performance.now() - started) / 1000
    })
    // 60 steps of 100 ms are at least 6 s: a report a second, one at the start and one at the end
    expect(memory.reports.length).toBeLessThanOrEqual(seconds + 2)
    expect(memory.reports.at(-1)).toBe(60)
  })
})
