import { rmSync, writeFileSync } from "node:fs"
import path from "node:path"
import { binTable, packTrees, trainBoosting, type BoostingTask } from "../../../src/domain/boosting"
import type { Job } from "../../../src/learning/threads/run-jobs"
import { trainForests, type BoostingRound } from "../../../src/learning/train-forests"
import { boostingData } from "../../support/boosting-data"
import { compileLearning } from "../../support/compiled-learning"

const data = boostingData(1000, 8)
const table = binTable({ ...data, maxBins: 63 })
const jobs: Job<BoostingTask>[] = [0.1, 0.5, 0.9, 0.95].map((level) => ({
  name: `quantile ${level}`,
  task: { table, target: data.demand, weight: data.weight, options: { loss: { kind: "quantile", level }, rounds: 15, leaves: 8 } },
}))
const single = jobs.map(({ task }) => packTrees(trainBoosting(task)))
const endless = (): Job<BoostingTask> => ({ name: "endless", task: { ...jobs[0]!.task, options: { ...jobs[0]!.task.options, rounds: 100_000 } } })

describe("trainForests()", () => {
  const folder = compileLearning()
  const workerPath = path.join(folder, "learning/boosting-worker.js")
  const workerOf = (name: string, code: string) => {
    writeFileSync(path.join(folder, name), code)
    return path.join(folder, name)
  }
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each([1, 2, 8])("gives on %d threads, in the order of the jobs, the trees that one thread gives", async (threads) => {
    expect((await trainForests(jobs, { threads, workerPath })).map(packTrees)).toEqual(single)
  })

  it("trains in this thread where there is no compiled one, and tells each round", async () => {
    const told: [number, BoostingRound][] = []
    const trees = await trainForests(jobs, { workerPath: path.join(folder, "none.js"), onProgress: (...progress) => void told.push(progress) })
    expect(trees.map(packTrees)).toEqual(single)
    expect(told).toHaveLength(4 * 15)
    expect(told.at(-1)).toEqual([3, { round: 15, validationLoss: null }])
  })

  it("has nothing to do without jobs", async () => {
    await expect(trainForests([], { workerPath })).resolves.toEqual([])
  })

  it("ends its threads when it is canceled while they train", async () => {
    const shouldStop = () => true
    await expect(trainForests([endless(), endless()], { threads: 2, workerPath, shouldStop })).rejects.toMatchObject({ code: "canceled" })
    await expect(trainForests(jobs, { workerPath: path.join(folder, "none.js"), shouldStop })).rejects.toMatchObject({ code: "canceled" })
  })

  it("ends in the round in which it is canceled where there is no thread", async () => {
    const rounds: number[] = []
    const onProgress = (_: number, { round }: BoostingRound) => void rounds.push(round)
    const shouldStop = () => rounds.at(-1) === 3
    await expect(trainForests([endless()], { workerPath: path.join(folder, "none.js"), shouldStop, onProgress })).rejects.toMatchObject({ code: "canceled" })
    expect(rounds).toEqual([1, 2, 3])
  })

  it.each([workerPath, path.join(folder, "none.js")])("names the job whose task is refused", async (where) => {
    const refused = trainForests([jobs[0]!, { name: "bad", task: { ...jobs[1]!.task, target: new Float64Array(3) } }], { workerPath: where })
    await expect(refused).rejects.toMatchObject({ code: "invalid_series", message: "bad: target has 3 values; expected 1000" })
  })

  it("names the job whose thread fails, ends or cannot be loaded", async () => {
    const failing = workerOf("failing.js", `require("node:worker_threads").parentPort.on("message", () => { throw new Error("no memory") })`)
    await expect(trainForests(jobs, { threads: 1, workerPath: failing })).rejects.toMatchObject({
      code: "unavailable",
      message: 'training of "quantile 0.1" stopped: its thread failed: no memory',
    })
    const ending = workerOf("ending.js", `require("node:worker_threads").parentPort.on("message", () => process.exit(3))`)
    await expect(trainForests(jobs, { workerPath: ending })).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("its thread ended with code 3") as string,
    })
    await expect(trainForests(jobs, { workerPath: workerOf("broken.js", "{") })).rejects.toMatchObject({ code: "unavailable" })
  })
})
