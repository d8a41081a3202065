import { setTimeout as sleep } from "node:timers/promises"
import { ForesightClient } from "../../../src/temporal/foresight-client"
import { ensureSchedules, removeSchedules } from "../../../src/temporal/schedules"
import { until } from "../../support/eventually"
import { fakeActivities } from "../../support/fake-activities"
import { startTestTemporal, type TestTemporal } from "../../support/temporal"
import { silenceBefore, workflowTimes } from "../../support/workflow-history"

let temporal: TestTemporal
const clients: ForesightClient[] = []

/** A client of a shop of its own: what one test leaves running is nothing to the next. */
function clientOf(shopId: string, taskQueuePrefix = temporal.queues.light): ForesightClient {
  const { address, namespace } = temporal
  const client = new ForesightClient({ temporal: { address, namespace, tls: false, taskQueuePrefix }, shopId, callMs: 60_000 })
  clients.push(client)
  return client
}

beforeAll(async () => {
  temporal = await startTestTemporal()
})
afterAll(async () => {
  for (const client of clients) await client.close()
  await temporal.stop()
})

const QUIET_MS = 1500
const trainings = (calls: readonly string[]) => calls.filter((call) => call.startsWith("trainModelVersion"))

describe("retrain-after-orders", () => {
  it("waits for enough orders and for silence, then trains each kind once", async () => {
    const { activities, calls } = fakeActivities()
    const client = clientOf("quiet")
    let runId = ""
    await temporal.withWorkers(activities, async () => {
      const few = { threshold: 3, quietMs: QUIET_MS }
      await client.ordersPlaced(1, few)
      await client.ordersPlaced(1, few)
      runId = (await temporal.client.workflow.getHandle(client.ids.retrainAfterOrders).describe()).runId // after a training it goes on as another run
      await sleep(2500)
      expect(trainings(calls)).toEqual([]) // quiet, but too few
      await client.ordersPlaced(1, few)
      await sleep(700)
      await client.ordersPlaced(1, few) // still busy: the silence begins anew
      await until(async () => {
        if (!calls.includes("storeCustomers") || trainings(calls).length < 3) throw new Error("not yet")
      })
      expect(trainings(calls)).toEqual(["trainModelVersion demand", "trainModelVersion taste", "trainModelVersion session"])
    })
    // by the server's clock, however long the machine paused between two lines above
    const times = await workflowTimes(temporal.client.workflow.getHandle(client.ids.retrainAfterOrders, runId))
    expect(times.signals.length).toBeGreaterThanOrEqual(3)
    expect(silenceBefore(times, times.children[0]!)).toBeGreaterThanOrEqual(QUIET_MS)
  })

  it("takes up a threshold that the shop's options changed", async () => {
    const { activities, calls } = fakeActivities()
    const client = clientOf("changed")
    await temporal.withWorkers(activities, async () => {
      await client.ordersPlaced(4, { threshold: 1000, quietMs: 600_000 })
      await client.ordersPlaced(1, { threshold: 2 }) // 5 orders are more than twice as many
      await until(async () => {
        if (trainings(calls).length < 3) throw new Error("not yet")
      })
    })
  })

  it("does not wait for silence when twice as many orders have come", async () => {
    const { activities, calls } = fakeActivities()
    const client = clientOf("rush")
    await temporal.withWorkers(activities, async () => {
      await client.ordersPlaced(7, { threshold: 3, quietMs: 600_000 })
      await until(async () => {
        if (trainings(calls).length < 3) throw new Error("not yet")
      })
    })
  })
})

describe("ForesightClient", () => {
  it("starts one training of a kind and names the one that runs to the second caller", async () => {
    const client = clientOf("twice")
    const first = await client.startTraining({ kind: "taste", trigger: "admin", trainingRunId: "run-a" })
    const second = await client.startTraining({ kind: "taste", trigger: "cli", trainingRunId: "run-b" })
    expect(first).toMatchObject({ trainingRunId: "run-a", alreadyRunning: false, workflowId: "foresight/twice/train-model/taste" })
    expect(second).toMatchObject({ trainingRunId: "run-a", alreadyRunning: true })
    expect(await client.cancelTraining("taste", "run-b")).toBe("another")
    expect(await client.cancelTraining("taste", "run-a")).toBe("asked")
    expect(await client.cancelTraining("session", "run-c")).toBe("none")
  })

  it("says that nobody works while no worker polls, and that somebody does when one has", async () => {
    expect((await clientOf("idle", "nobody-here").health()).worker).toEqual({ ok: false, message: expect.stringContaining("npx foresight worker") as string })
    const client = clientOf("busy")
    const { activities } = fakeActivities()
    await temporal.withWorkers(activities, () =>
      until(async () => {
        const { temporal: server, worker } = await client.health()
        expect(server.ok).toBe(true)
        expect(worker.ok).toBe(true)
      })
    )
  })

  it("answers within its deadline when Temporal is away", async () => {
    const away = new ForesightClient({ temporal: { address: "127.0.0.1:1", namespace: "default", tls: false, taskQueuePrefix: "foresight" }, shopId: "away", callMs: 500 })
    const asked = Date.now()
    await expect(away.ordersPlaced(1, { threshold: 1 })).rejects.toMatchObject({ code: "unavailable", message: expect.stringContaining("127.0.0.1:1") as string })
    expect(Date.now() - asked).toBeLessThan(60_000) // without a deadline it would try for ever
    await away.close()
  })
})

describe("schedules", () => {
  const input = (nightlyCron: string) => ({
    ids: clientOf("scheduled").ids,
    shopId: "scheduled",
    taskQueue: temporal.queues.light,
    seed: 42,
    options: { nightlyCron, timezone: "Europe/Berlin", reconcileMinutes: 5 },
  })

  it("are created once and brought up to date by the next start, keeping an operator's pause", async () => {
    const client = clientOf("scheduled")
    expect((await ensureSchedules(temporal.client, input("15 2 * * *"))).map(({ done }) => done)).toEqual(["created", "created"])
    const nightly = temporal.client.schedule.getHandle(client.ids.nightlySchedule)
    await nightly.pause("stocktaking")
    expect((await ensureSchedules(temporal.client, input("40 3 * * *"))).map(({ done }) => done)).toEqual(["updated", "updated"])
    const { spec, policies, state } = await nightly.describe()
    expect(spec.calendars?.[0]).toMatchObject({ hour: [{ start: 3, end: 3 }], minute: [{ start: 40, end: 40 }] })
    expect(policies.overlap).toBe("SKIP")
    expect(state).toMatchObject({ paused: true, note: "stocktaking" })
    expect((await client.health()).schedules.ok).toBe(true)
  })

  it("are removed, also twice", async () => {
    const client = clientOf("scheduled")
    await removeSchedules(temporal.client, client.ids)
    await removeSchedules(temporal.client, client.ids)
    expect((await client.health()).schedules.ok).toBe(false)
    expect(await client.requestReconcile()).toBe(false)
  })
})
