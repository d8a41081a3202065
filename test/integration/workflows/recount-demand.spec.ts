import { ForesightClient } from "../../../src/temporal/foresight-client"
import { until } from "../../support/eventually"
import { fakeActivities } from "../../support/fake-activities"
import { startTestTemporal, type TestTemporal } from "../../support/temporal"
import { silenceBefore, workflowTimes } from "../../support/workflow-history"

let temporal: TestTemporal
let client: ForesightClient
beforeAll(async () => {
  temporal = await startTestTemporal()
})
afterEach(() => client.close())
afterAll(() => temporal.stop())

function clientOf(shopId: string): ForesightClient {
  const { address, namespace } = temporal
  client = new ForesightClient({ temporal: { address, namespace, tls: false, taskQueuePrefix: temporal.queues.light }, shopId, callMs: 60_000 })
  return client
}
const QUIET_MS = 1500
const handle = () => temporal.client.workflow.getHandle(client.ids.recountDemand)
const result = () => handle().result()

describe("recount-demand", () => {
  it("waits until the last of many changes has come to rest, then judges and counts once", async () => {
    const { activities, calls } = fakeActivities()
    clientOf("many")
    await temporal.withWorkers(activities, async () => {
      for (let change = 0; change < 5; change += 1) {
        await client.recountDemand({ quietMs: QUIET_MS })
        await new Promise((resolve) => setTimeout(resolve, 300))
      }
      await result()
    })
    // by the server's clock: only where the machine paused that long between two changes was there a round for those before, or even a run of its own
    const times = await workflowTimes(handle())
    const rounds = times.activities("judgeLines")
    for (const at of rounds) expect(silenceBefore(times, at)).toBeGreaterThanOrEqual(QUIET_MS)
    const pauses = times.signals.filter((at, index) => index > 0 && at - times.signals[index - 1]! >= QUIET_MS)
    expect(rounds.length).toBeLessThanOrEqual(1 + pauses.length)
    if (times.signals.length === 5) expect(calls).toEqual(rounds.flatMap(() => ["judgeLines", "rebuildDemand"]))
  })

  it("gives a change that comes while it counts a round of its own, and none is lost", async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    const { activities, calls } = fakeActivities({
      rebuildDemand: async () => {
        await held
        return { days: 3 }
      },
    })
    clientOf("during")
    await temporal.withWorkers(activities, async () => {
      await client.recountDemand({ quietMs: 100 })
      await until(async () => {
        if (!calls.includes("rebuildDemand")) throw new Error("not yet")
      })
      await client.recountDemand({ quietMs: 100 })
      release()
      expect(await result()).toEqual({ days: 6 })
      await client.recountDemand({ quietMs: 100 }) // it has ended: a new run begins
      expect(await result()).toEqual({ days: 3 })
    })
    expect(calls.filter((call) => call === "judgeLines")).toHaveLength(3)
  })
})
