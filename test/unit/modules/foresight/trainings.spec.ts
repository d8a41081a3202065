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
const grpc = (code: number) => new Error("service", { cause: Object.assign(new Error("grpc"), { code, details: "", metadata: {} }) })

describe("Trainings.start()", () => {
  const statusAfter = async (cause: Error) => {
    const { trainings, runs } = setUp({ startTraining: () => Promise.reject(new ForesightError("unavailable", "Temporal did not answer", { cause })) })
    await expect(trainings.start("taste")).rejects.toMatchObject({ code: "unavailable" })
    return [...runs.values()].map(({ status }) => status)
  }

  it("leaves the row queued when the answer came too late: the training may run", async () => expect(await statusAfter(grpc(4))).toEqual(["queued"]))

  it("marks the row failed when Temporal refused", async () => expect(await statusAfter(grpc(7))).toEqual(["failed"]))
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
