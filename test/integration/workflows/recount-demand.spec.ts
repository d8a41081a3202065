import { ForesightClient } from "../../../src/temporal/foresight-client"
import { fakeActivities } from "../../support/fake-activities"
import { startTestTemporal, until, type TestTemporal } from "../../support/temporal"

let temporal: TestTemporal
let client: ForesightClient
beforeAll(async () => {
  temporal = await startTestTemporal()
}, 120_000)
afterEach(() => client.close())
afterAll(() => temporal.stop())

function clientOf(shopId: string): ForesightClient {
  const { address, namespace } = temporal
  client = new ForesightClient({ temporal: { address, namespace, tls: false, taskQueuePrefix: temporal.queues.light }, shopId, callMs: 10_000 })
  return client
}
const result = () => temporal.client.workflow.getHandle(client.ids.recountDemand).result()

describe("recount-demand", () => {
  it("waits until the last of many changes has come to rest, then judges and counts once", async () => {
    const { activities, calls } = fakeActivities()
    clientOf("many")
    await temporal.withWorkers(activities, async () => {
      for (let change = 0; change < 5; change += 1) {
        await client.recountDemand({ quietMs: 1500 })
        await new Promise((resolve) => setTimeout(resolve, 300))
      }
      expect(calls).toEqual([])
      expect(await result()).toEqual({ days: 3 })
    })
    expect(calls).toEqual(["judgeLines", "rebuildDemand"])
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
