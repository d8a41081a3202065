import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { temporal as proto } from "@temporalio/proto"
import { Worker } from "@temporalio/worker"
import { workflowIds, WORKFLOWS } from "../../../src/domain/workflow-ids"
import { fakeActivities } from "../../support/fake-activities"
import { startTestTemporal, workflowBundle, type TestTemporal } from "../../support/temporal"

/** Histories of real runs, kept: a change of a workflow that breaks running ones is found here. `FORESIGHT_RECORD=1` writes them anew. */
const FOLDER = join(__dirname, "../../support/histories")
const KEPT: readonly string[] = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith(".json")) : []

const { History } = proto.api.history.v1
type History = proto.api.history.v1.History
/** The SDK's own historyToJSON() fails where npm installed two copies of protobufjs; the messages' own JSON does as well. */
const toJson = (history: History): string => JSON.stringify(History.create(history).toJSON(), null, 1)
const fromJson = (text: string): History => History.fromObject(JSON.parse(text) as Record<string, unknown>)

const replay = async (history: History, workflowId: string) => Worker.runReplayHistory({ workflowBundle: await workflowBundle() }, history, workflowId)

describe("kept histories", () => {
  it("are there for the whole cycle and a training", () => expect(KEPT).toEqual(expect.arrayContaining(["nightly.json", "train-model.json"])))

  it.each(KEPT)("%s is replayed by today's workflows", async (name) => {
    await replay(fromJson(readFileSync(join(FOLDER, name), "utf8")), `foresight/recorded/${name}`)
  })
})

describe("histories recorded now", () => {
  let temporal: TestTemporal
  const shopId = "recorded"
  const ids = workflowIds(shopId)

  beforeAll(async () => {
    temporal = await startTestTemporal()
    const { activities } = fakeActivities()
    const start = (type: string, workflowId: string, input: object) => temporal.client.workflow.execute(type, { taskQueue: temporal.queues.light, workflowId, args: [input] })
    await temporal.withWorkers(activities, async () => {
      await start(WORKFLOWS.nightly, ids.nightly, { shopId, seed: 42, train: "all", trigger: "nightly" })
      await start(WORKFLOWS.importHistory, ids.importHistory("one"), { importId: "one" })
    })
  })
  afterAll(() => temporal.stop())

  const recorded = async (workflowId: string) => History.fromObject(await temporal.client.workflow.getHandle(workflowId).fetchHistory())
  const runs: [string, string][] = [
    ["nightly", ids.nightly],
    ["train-model", ids.trainModel("demand")],
    ["refresh-forecasts", ids.refreshForecasts],
    ["refresh-advice", ids.refreshAdvice],
    ["refresh-recommendations", ids.refreshRecommendations],
    ["reconcile-shop", ids.reconcileShop],
    ["import-history", ids.importHistory("one")],
  ]
  it.each(runs)("%s is deterministic", async (name, workflowId) => {
    const history = await recorded(workflowId)
    if (process.env.FORESIGHT_RECORD === "1") writeFileSync(join(FOLDER, `${name}.json`), `${toJson(history)}\n`)
    await replay(history, workflowId)
  })

  it("replay finds a history that today's workflow would not have written", async () => {
    const history = fromJson(toJson(await recorded(ids.reconcileShop)))
    await expect(replay(history, ids.reconcileShop).then(() => "replayed")).resolves.toBe("replayed")
    for (const { activityTaskScheduledEventAttributes: scheduled } of history.events) {
      if (scheduled?.activityType?.name === "ensurePartitions") scheduled.activityType.name = "somethingElse"
    }
    await expect(replay(history, ids.reconcileShop)).rejects.toThrow(/determinis/i)
  })
})
