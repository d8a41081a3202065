import { setImmediate as nextTurn } from "node:timers/promises"
import { areAlike, backtestDemand, heldOutOrigins } from "../domain/demand/backtest"
import { DEMAND_CLASSES } from "../domain/demand/class-of"
import { createEnsemble } from "../domain/demand/ensemble"
import { demandGate } from "../domain/demand/gate"
import { panelSample } from "../domain/demand/panel-part"
import { rememberForecasts } from "../domain/demand/remember-forecasts"
import type { DemandModel, DemandPanel } from "../domain/demand/types"
import { ForesightError } from "../domain/errors"
import type { FitData, TrainingJob, TrainingResult } from "../domain/training"
import { packDemandModel, unpackDemandModel, type TrainedDemand } from "./demand-model-bytes"
import { fitEnsemble, type FitEnsemble } from "./fit-ensemble"
import { FIT_SERIES } from "./forecast-pieces"
import { keepNets } from "./nets/kept-nets"
import { replayForecasts } from "./replay-forecasts"
import type { TrainingWatch } from "./training-watch"

type DemandJob = Extract<TrainingJob, { task: "train"; kind: "demand" }>

/** Share of the nets' time for those before the held-out time: six of ten. */
const EARLY_SHARE = 0.6

/**
 * Trains a demand version, as `foresight forecast` fits files: members fitted, weighted per class and calibrated on what precedes the held-out time; judged on
 * that time beside every member and beside the weights of the version in service; then fitted anew on all data by the weights that won.
 * The version in service is measured by its weights with this training's members: its own have already seen the held-out time. Unless new weights are
 * better beyond chance, its weights stay and its members are fitted to the newer sales.
 * @throws ForesightError `too_little_data` for too short a history, `canceled`, `invalid_model` when the loss of a net is not finite.
 */
export async function trainDemand(job: DemandJob, backend: string, watch: TrainingWatch): Promise<TrainingResult> {
  const startedAt = performance.now()
  const { horizon, sumPeriods, seed, timeBudgetSeconds } = job
  const panel = panelSample(job.panel, FIT_SERIES) // more series change neither fits nor choice
  const keptNets = keepNets(job.checkpoint, watch.onCheckpoint)
  const options: FitOptions = (data, netShare) => ({
    horizon,
    sums: [sumPeriods],
    seed,
    keptNets,
    netSeconds: netShare * timeBudgetSeconds,
    // one curve: that of what will serve
    onProgress: ({ loss, ...progress }) => watch.onProgress({ ...progress, stage: `${progress.stage}, ${data}`, ...(data === "on everything" && loss !== undefined && { loss }) }),
    shouldStop: watch.shouldStop,
  })

  const { backtest, gate, replays } = await judge(job, panel, options, watch)
  const { choice, parts } = await fitEnsemble(panel, panel.periods.length, { ...options("on everything", 1 - EARLY_SHARE), weights: backtest.weights })
  const { weights, factors } = choice
  const { boosted, nets } = parts
  return {
    task: "train",
    bytes: packDemandModel({ horizon, sumPeriods, weights, factors, boosted, nets }),
    algorithm: [...new Set(DEMAND_CLASSES.flatMap((demandClass) => Object.keys(weights[demandClass])))].join(", "),
    parameters: {
      horizon,
      sumPeriods,
      weights,
      series: panel.series.length,
      boosted: boosted ? { levels: boosted.levels, ...boosted.spec.settings } : null,
      nets: nets.map(({ name, spec, curve }) => ({ name, architecture: spec.name, context: spec.context, known: spec.known.map((column) => column.name), steps: curve.at(-1)?.step ?? 0 })),
    },
    backtest,
    gate,
    replays,
    backend,
    seconds: (performance.now() - startedAt) / 1000,
    lossCurve: nets[0]?.curve ?? [],
  }
}

type FitOptions = (data: FitData, netShare: number) => FitEnsemble

/** Fits what precedes the held-out time and judges it there; looks back with it where it is promoted. What was fitted ends with this: the final fit needs its memory. */
async function judge(job: DemandJob, panel: DemandPanel, options: FitOptions, watch: TrainingWatch) {
  const { horizon, sumPeriods, seed } = job
  const origins = heldOutOrigins(panel.periods.length, horizon, job.origins)
  const [limit = 0] = origins
  const { members: fitted, choice, calibrate } = await fitEnsemble(panel, limit, options("without the newest weeks", EARLY_SHARE))
  const members = fitted.map(rememberForecasts)
  const averageBy = (weights: TrainedDemand["weights"]) => ({ weights, model: createEnsemble("average", members, { weights, factors: calibrate(weights) }) })
  const serving = servingWeights(job, members)
  const backtest = await backtestDemand({
    panel,
    members,
    fresh: averageBy(choice.weights),
    choice,
    origins,
    horizon,
    sumPeriods,
    seed,
    serving: serving && averageBy(serving),
    onProgress: async (progress) => {
      watch.onProgress(progress)
      await nextTurn()
    },
    shouldStop: watch.shouldStop,
    now: () => performance.now(),
  })
  const gate = demandGate(backtest, serving !== null && areAlike(backtest.weights, serving))
  const unseen = Math.min(job.replayPeriods ?? 0, panel.periods.length - limit)
  const replays = gate.promote && unseen > 0 ? await replayForecasts(job.panel, averageBy(backtest.weights).model, { periods: unseen, horizon }, watch) : []
  return { backtest, gate, replays }
}

/** Weights of the version in service; `null` when there is none, when they need a member that this training has not, or when another release wrote its bytes,
 * which must not block a new version. */
function servingWeights(job: DemandJob, members: readonly DemandModel[]): TrainedDemand["weights"] | null {
  if (!job.serving) return null
  try {
    const { weights } = unpackDemandModel(job.serving)
    const names = new Set(members.map(({ name }) => name))
    return DEMAND_CLASSES.every((demandClass) => Object.keys(weights[demandClass]).every((name) => names.has(name))) ? weights : null
  } catch (error) {
    if (error instanceof ForesightError && error.code === "invalid_model") return null
    throw error
  }
}
