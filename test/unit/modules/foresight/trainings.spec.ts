import { ForesightError } from "../../../../src/domain/errors"
import { workflowIds } from "../../../../src/domain/workflow-ids"
import { Trainings } from "../../../../src/modules/foresight/trainings"
import { memoryTrainingStores } from "../../../support/memory-stores"

type Temporal = ConstructorParameters<typeof Trainings>[1]

function setUp(own: Partial<Temporal>) {
  const { stores, runs } = memoryTrainingStores()
  const never = () => Promise.reject(new Error("not expected"))
  return { trainings: new Trainings(stores.trainingRuns, { ids: workflowIds("shop"), startTraining: never, cancelTraining: never, ...own }), stores, runs }
}
const row = { kind: "taste", trigger: "admin", workflowId: "w", seed: 1 } as const

describe("Trainings.start()", () => {
  it("says that Temporal is away, and its row says failed with the reason", async () => {
    const { trainings, runs } = setUp({ startTraining: () => Promise.reject(new ForesightError("unavailable", "Temporal did not answer: nothing within 3 s")) })
    const reason = "the training of taste could not be started: Temporal did not answer: nothing within 3 s"
    await expect(trainings.start("taste")).rejects.toMatchObject({ code: "unavailable", message: reason })
    expect([...runs.values()]).toMatchObject([{ status: "failed", error: reason }])
  })

  it("answers the one that runs already, and leaves no second row open", async () => {
    const { trainings, stores, runs } = setUp({ startTraining: () => Promise.resolve({ trainingRunId: "running-one", workflowId: "w", alreadyRunning: true }) })
    await stores.trainingRuns.create({ ...row, id: "running-one" })
    expect((await trainings.start("taste")).id).toBe("running-one")
    expect([...runs.values()].map(({ status }) => status)).toEqual(["queued", "canceled"])
  })
})

describe("Trainings.cancel()", () => {
  it("asks for the run of this row only", async () => {
    const cancelTraining = jest.fn(() => Promise.resolve("asked" as const))
    const { trainings, stores } = setUp({ cancelTraining })
    await stores.trainingRuns.create({ ...row, id: "one" })
    expect(await trainings.cancel("one")).toMatchObject({ status: "queued" })
    expect(cancelTraining).toHaveBeenCalledWith("taste", "one")
  })

  it("ends a queued row while another training of its kind runs", async () => {
    const { trainings, stores } = setUp({ cancelTraining: () => Promise.resolve("another") })
    await stores.trainingRuns.create({ ...row, id: "one" })
    expect(await trainings.cancel("one")).toMatchObject({ status: "canceled" })
  })

  it("does not call a running row canceled because another training of its kind runs", async () => {
    const { trainings, stores, runs } = setUp({ cancelTraining: () => Promise.resolve("another") })
    await stores.trainingRuns.create({ ...row, id: "one" })
    await stores.trainingRuns.start("one", { runId: "r", backend: null })
    await expect(trainings.cancel("one")).rejects.toMatchObject({ code: "conflict" })
    expect(runs.get("one")?.status).toBe("running")
  })

  it("ends a row whose training Temporal does not know any more", async () => {
    const { trainings, stores } = setUp({ cancelTraining: () => Promise.resolve("none") })
    await stores.trainingRuns.create({ ...row, id: "one" })
    await stores.trainingRuns.start("one", { runId: "r", backend: null })
    expect(await trainings.cancel("one")).toMatchObject({ status: "canceled" })
  })
})
