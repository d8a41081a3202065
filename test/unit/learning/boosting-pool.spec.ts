import { rmSync, writeFileSync } from "node:fs"
import path from "node:path"
import { binTable, packTrees, trainBoosting } from "../../../src/domain/boosting"
import { trainAll, type BoostingJob, type BoostingProgress } from "../../../src/learning/boosting-pool"
import { boostingData } from "../../support/boosting-data"
import { compileBoostingWorker } from "../../support/boosting-worker"

const data = boostingData(1000, 8)
const table = binTable({ ...data, maxBins: 63 })
const jobs: BoostingJob[] = [0.1, 0.5, 0.9, 0.95].map((level) => ({
  name: `quantile ${level}`,
  table,
  target: data.demand,
  weight: data.weight,
  options: { loss: { kind: "quantile", level }, rounds: 15, leaves: 8 },
}))
const single = jobs.map(({ name: _, ...task }) => packTrees(trainBoosting(task)))
const endless = (): BoostingJob => ({ ...jobs[0]!, name: "endless", options: { ...jobs[0]!.options, rounds: 100_000 } })

describe("trainAll()", () => {
  const workerPath = compileBoostingWorker()
  const folder = path.resolve(workerPath, "../..")
  const workerOf = (name: string, code: string) => {
    writeFileSync(path.join(folder, name), code)
    return path.join(folder, name)
  }
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each([1, 2, 8])("gives on %d threads, in the order of the jobs, the trees that one thread gives", async (threads) => {
    expect((await trainAll(jobs, { threads, workerPath })).map(packTrees)).toEqual(single)
  })

  it("trains in this thread where there is no compiled one, and tells each round", async () => {
    const told: BoostingProgress[] = []
    const trees = await trainAll(jobs, { workerPath: path.join(folder, "none.js"), onProgress: (progress) => told.push(progress) })
    expect(trees.map(packTrees)).toEqual(single)
    expect(told).toHaveLength(4 * 15)
    expect(told.at(-1)).toEqual({ job: 3, round: 15, validationLoss: null })
  })

  it("has nothing to do without jobs", async () => {
    await expect(trainAll([], { workerPath })).resolves.toEqual([])
  })

  it("ends its threads when it is canceled while they train", async () => {
    const canceling = new AbortController()
    const training = trainAll([endless(), endless()], { threads: 2, workerPath, signal: canceling.signal, onProgress: () => canceling.abort() })
    await expect(training).rejects.toMatchObject({ code: "canceled" })
    await expect(trainAll(jobs, { workerPath, signal: canceling.signal })).rejects.toMatchObject({ code: "canceled" })
    await expect(trainAll(jobs, { workerPath: path.join(folder, "none.js"), signal: canceling.signal })).rejects.toMatchObject({ code: "canceled" })
  })

  it("ends in the round in which it is canceled where there is no thread", async () => {
    const canceling = new AbortController()
    const rounds: number[] = []
    const onProgress = ({ round }: BoostingProgress) => {
      rounds.push(round)
      if (round === 3) canceling.abort()
    }
    await expect(trainAll([endless()], { workerPath: path.join(folder, "none.js"), signal: canceling.signal, onProgress })).rejects.toMatchObject({
      code: "canceled",
    })
    expect(rounds).toEqual([1, 2, 3])
  })

  it.each([workerPath, path.join(folder, "none.js")])("names the job whose task is refused", async (where) => {
    const refused = trainAll([jobs[0]!, { ...jobs[1]!, name: "bad", target: new Float64Array(3) }], { workerPath: where })
    await expect(refused).rejects.toMatchObject({ code: "invalid_series", message: "bad: target has 3 values; expected 1000" })
  })

  it("names the job whose thread fails, ends or cannot be loaded", async () => {
    const failing = workerOf("failing.js", `require("node:worker_threads").parentPort.on("message", () => { throw new Error("no memory") })`)
    await expect(trainAll(jobs, { threads: 1, workerPath: failing })).rejects.toMatchObject({
      code: "unavailable",
      message: 'training of "quantile 0.1" stopped: its thread failed: no memory',
    })
    const ending = workerOf("ending.js", `require("node:worker_threads").parentPort.on("message", () => process.exit(3))`)
    await expect(trainAll(jobs, { workerPath: ending })).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("its thread ended with code 3") as string,
    })
    await expect(trainAll(jobs, { workerPath: workerOf("broken.js", "{") })).rejects.toMatchObject({ code: "unavailable" })
  })
})
