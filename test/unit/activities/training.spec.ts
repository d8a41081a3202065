import { createTrainingActivities, type RunTraining } from "../../../activities/training"
import type { TrainingJob } from "../../../src/domain/training"
import { activityContext } from "../../support/activity-context"
import { aPanel, aSeries, aUniformForecast } from "../../support/demand-builders"
import { memoryTrainingStores } from "../../support/memory-stores"
import { modelVersion } from "../../support/model-version"

/** Trains a demand version whose training has looked back on one week. */
async function train({ promote }: { promote: boolean }) {
  const memory = memoryTrainingStores()
  const jobs: TrainingJob[] = []
  const runTraining: RunTraining = async (job) => {
    jobs.push(job)
    const { algorithm, parameters, backtest, gate, seconds, bytes } = modelVersion({ promote })
    const replays = [{ firstDay: "2026-02-23", forecasts: [aUniformForecast([5], "v1@l1")] }]
    return { task: "train", algorithm, parameters, backtest, gate, seconds, bytes, backend: "wasm", lossCurve: [], replays }
  }
  const activities = createTrainingActivities({
    stores: memory.stores,
    loadPanel: async () => aPanel([aSeries([1, 2, 3])]),
    runTraining,
    settings: { horizonWeeks: 8, sumWeeks: 3, timeBudgetSeconds: 60, memoryBudgetBytes: 1e8, timeZone: "UTC" },
    today: () => "2026-03-02",
    context: () => activityContext(),
  })
  await activities.openTrainingRun({ trainingRunId: "run", kind: "demand", trigger: "admin", workflowId: "workflow", seed: 1 })
  const outcome = await activities.trainModelVersion({ trainingRunId: "run", kind: "demand", seed: 1 })
  return { outcome, jobs, kept: memory.kept, versions: memory.versions }
}

describe("trainModelVersion()", () => {
  it("asks a first training to look back, and keeps what it said then with the version that serves", async () => {
    const { outcome, jobs, kept, versions } = await train({ promote: true })
    expect(outcome).toEqual({ status: "promoted" })
    expect(jobs[0]).toMatchObject({ task: "train", replayPeriods: 8 })
    expect(kept).toHaveLength(1)
    expect(kept[0]).toMatchObject({ variantId: "v1", locationId: "l1", firstDay: "2026-02-23", mean: [5], isReplayed: true, modelVersionId: versions[0]?.id })
  })
  it("keeps nothing of a version that does not serve", async () => {
    const { outcome, kept } = await train({ promote: false })
    expect(outcome).toEqual({ status: "kept" })
    expect(kept).toEqual([])
  })
})
