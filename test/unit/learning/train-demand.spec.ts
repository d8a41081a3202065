import { DEMAND_CLASSES, forEachClass } from "../../../src/domain/demand/class-of"
import { QUANTILE_LEVELS } from "../../../src/domain/demand/types"
import type { TrainingJob, TrainingResult } from "../../../src/domain/training"
import { startBackend } from "../../../src/learning/backend"
import { packDemandModel, unpackDemandModel } from "../../../src/learning/demand-model-bytes"
import { forecastDemand } from "../../../src/learning/forecast-demand"
import { trainDemand } from "../../../src/learning/train-demand"
import { smallPanel } from "../../support/demand-panels"
import { recordingWatch } from "../../support/training-watch"

type DemandJob = Extract<TrainingJob, { task: "train"; kind: "demand" }>
type Trained = Extract<TrainingResult, { task: "train" }>
type Forecast = Extract<TrainingResult, { task: "forecast" }>

const job = (more: Partial<DemandJob> = {}): DemandJob => ({
  task: "train",
  kind: "demand",
  panel: smallPanel(),
  horizon: 3,
  sumPeriods: 2,
  origins: 4,
  seed: 11,
  timeBudgetSeconds: 0.001, // one round of the net, however quick the machine is
  checkpoint: null,
  serving: null,
  ...more,
})

// Two series of 20 weeks: 10 before the first origin, 3 of them held out, give 2 × 3 windows of the 64 that a net needs.
const shortPanel = () => smallPanel({ series: 2, periods: 20 })

describe("trainDemand()", () => {
  let backend = ""
  let trained: Trained
  const watch = recordingWatch()
  beforeAll(async () => {
    backend = await startBackend("wasm")
    trained = (await trainDemand(job({ replayPeriods: 2 }), backend, watch)) as Trained
  })

  it("scores the net, the trees and their blends beside the statistical models and chooses one per class", () => {
    if (!("choice" in trained.backtest) || typeof trained.backtest.choice === "string") throw new Error("expected a demand backtest")
    const names = Object.keys(trained.backtest.models)
    expect(names).toEqual(expect.arrayContaining(["exponential-smoothing", "seasonal-naive", "lstm", "lstm + exponential-smoothing", "boosted", "boosted + smoothing"]))
    for (const demandClass of DEMAND_CLASSES) expect(names).toContain(trained.backtest.choice[demandClass].model)
    expect(trained.backend).toBe(backend)
    expect(trained.gate.metric).toBe("sum_wql")
    expect(trained.lossCurve[0]).toMatchObject({ step: 50, validationLoss: expect.any(Number) as number })
  })

  it("gives the gate's decision with what the mixture saves beside every model, by a paired bootstrap", () => {
    expect(trained.gate.promote).toBe(true)
    expect(Object.keys(trained.gate.gains ?? {})).toEqual(Object.keys(trained.gate.baselines))
    const naive = trained.gate.gains?.["seasonal-naive"]
    expect(naive?.share).toBeGreaterThanOrEqual(0.95)
    expect(naive?.low).toBeGreaterThan(0)
  })

  it("forecasts the last periods as if they were still ahead, where it is asked to", () => {
    const { panel } = job()
    expect(trained.replays?.map(({ firstDay }) => firstDay)).toEqual(panel.periods.slice(-2))
    expect(trained.replays?.[0]?.forecasts.map(({ seriesId }) => seriesId)).toEqual(panel.series.map(({ seriesId }) => seriesId))
    // series 11 sells 35 a week on average, 17 to 53; what is said of the last week is not what happened in it
    const [last] = [trained.replays?.[1]?.forecasts[11]?.mean[0] ?? 0]
    expect(last).toBeGreaterThan(25)
    expect(last).toBeLessThan(45)
  })

  it("says each stage with steps and leaves a checkpoint", () => {
    const stages = [...new Set(watch.progress.map(({ stage }) => stage))]
    const trees = [1, 2, 3, 4].flatMap((origin) => ["trees before the validation", "trees"].map((stage) => `${stage}, origin ${origin} of 4`))
    expect(stages.slice(0, 10)).toEqual(["fitting the net before the first origin", ...trees, "backtest"])
    expect(watch.checkpoints.length).toBeGreaterThan(0)
  })

  it("gives bytes that forecast every series of the panel from its end on", () => {
    const { panel } = job()
    const forecast = forecastDemand({ task: "forecast", kind: "demand", panel, horizon: 2, model: trained.bytes }, backend, recordingWatch()) as Forecast
    expect(forecast.forecasts.map(({ seriesId }) => seriesId)).toEqual(panel.series.map(({ seriesId }) => seriesId))
    expect(forecast.forecasts[0]?.quantiles).toHaveLength(2 * QUANTILE_LEVELS.length)
    const { choice } = unpackDemandModel(trained.bytes)
    expect(new Set(Object.values(forecast.correlation))).toEqual(new Set([choice.smooth.correlation])) // uniform demand: all are smooth
    // series 10 sells 32 a week on average, 16 to 48
    expect(forecast.forecasts[10]?.mean[0]).toBeGreaterThan(23)
    expect(forecast.forecasts[10]?.mean[0]).toBeLessThan(41)
  })

  it("gives each forecast its reasons, which sum to it", () => {
    const { panel } = job()
    const { forecasts, reasons } = forecastDemand({ task: "forecast", kind: "demand", panel, horizon: 3, model: trained.bytes }, backend, recordingWatch()) as Forecast
    expect(reasons).toHaveLength(panel.series.length)
    reasons.forEach(({ periods, longRun, reasons: own }, at) => {
      expect(periods).toBe(3) // four weeks are explained where as many are forecast
      const expected = forecasts[at]!.mean.reduce((sum, units) => sum + units, 0)
      expect(own.reduce((sum, { units }) => sum + units, periods * longRun)).toBeCloseTo(expected, 6)
    })
  })

  it("cuts a forecast to the horizon it was trained for", () => {
    const { panel } = job()
    const forecast = forecastDemand({ task: "forecast", kind: "demand", panel, horizon: 9, model: trained.bytes }, backend, recordingWatch()) as Forecast
    expect(forecast.forecasts[0]?.mean).toHaveLength(3)
  })

  it("measures the version in service by its recipe, and lets a newer one with the same choice be served", async () => {
    const { panel } = job()
    const same = (await trainDemand(job({ panel, serving: trained.bytes }), backend, recordingWatch())) as Trained
    expect(same.gate.baselines["serving"]).toBeGreaterThan(0)
    const { choice } = unpackDemandModel(trained.bytes)
    const worst = forEachClass((one) => ({ ...choice[one], model: "seasonal-naive" }))
    const better = (await trainDemand(job({ panel, serving: packDemandModel({ horizon: 3, choice: worst, net: null }) }), backend, recordingWatch())) as Trained
    expect(better.gate.baselines["serving"]).toBeCloseTo(better.gate.baselines["seasonal-naive"] as number, 1)
    expect(better.gate).toMatchObject({ promote: true })
  })

  it("ignores a version that another release wrote", async () => {
    const result = (await trainDemand(job({ panel: shortPanel(), serving: Uint8Array.of(1, 2, 3) }), backend, recordingWatch())) as Trained
    expect(result.gate.baselines).not.toHaveProperty("serving")
  })

  it("goes on without net and trees where the history is too short for them", async () => {
    const small = (await trainDemand(job({ panel: shortPanel() }), backend, recordingWatch())) as Trained
    expect([small.parameters["net"], small.parameters["boosted"]]).toEqual([null, null])
    expect(small.lossCurve).toEqual([])
    expect(unpackDemandModel(small.bytes).net).toBeNull()
  })

  it("stops when asked to", async () => {
    await expect(trainDemand(job(), backend, recordingWatch(2))).rejects.toMatchObject({ code: "canceled" })
  })
})
