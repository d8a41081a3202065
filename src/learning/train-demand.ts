import { setImmediate as nextTurn } from "node:timers/promises"
import { areAlike, backtestDemand, backtestOrigins, DEMAND_CLASSES, demandGate } from "../domain/demand"
import { BLOCKS_OF_A_FIT, validationOrigins } from "../domain/demand/choose-weights"
import type { BoostedDemand } from "../domain/demand/boosted/boosted-spec"
import { latestFit, type FitUntil } from "../domain/demand/latest-fit"
import { ForesightError } from "../domain/errors"
import type { TrainingJob, TrainingResult } from "../domain/training"
import { joinCheckpoint, splitCheckpoint } from "./demand-checkpoint"
import { BOOSTED_AVERAGE, demandCandidates, packDemandModel, partsOf, servedMixture, unpackDemandModel } from "./demand-model-bytes"
import type { TrainedDemand } from "./demand-model-bytes"
import { fitBoostedDemand } from "./fit-boosted-demand"
import { fitDemandNet } from "./fit-demand-net"
import type { FittedDemandNet } from "./fit-demand-net"
import { fitOrNothing } from "./fit-or-nothing"
import { replayForecasts } from "./replay-forecasts"
import type { TrainingWatch } from "./training-watch"

type DemandJob = Extract<TrainingJob, { task: "train"; kind: "demand" }>

/** Most steps of the fit before the first origin; with 256 windows a step that is some 150,000 windows. */
const FIT_STEPS = 600
const FIT_RATE = 2e-3
/** Share of the time budget of the fit before the first origin; the fit on all data starts from its weights and gets the rest. */
const FIT_SHARE = 0.7
/** Steps of the fit on all data, as a share of those that were best before. */
const FINAL_SHARE = 0.4
const FINAL_RATE = 1e-3

/**
 * Trains a demand version: the net once on what precedes the first origin, the trees on what precedes each, all models rolled over the origins, the
 * best per class, the gate, and then what was chosen of net and trees on all data. Where the history is too short for them the other models go on alone.
 * Trees of before the first origin alone were 16 weeks old at the held-out one, and judged by what they had not learnt, while those in service are new.
 * A version in service is measured by its recipe (its choice per class) with this training's net and trees: its own have already seen the
 * held-out periods. Unless other models are better beyond chance, its recipe stays and is fitted to the newer sales.
 * @throws ForesightError `too_little_data` for too short a history, `canceled`, `invalid_model` when the loss is not finite.
 */
export async function trainDemand(job: DemandJob, backend: string, watch: TrainingWatch): Promise<TrainingResult> {
  const startedAt = performance.now()
  const { panel, horizon, seed } = job
  const origins = backtestOrigins(panel.periods.length, horizon, job.origins)
  const [firstOrigin] = origins
  const resumed = splitCheckpoint(job.checkpoint)
  let fitState = resumed.fit
  const fitted = await fitOrNothing(() =>
    fitDemandNet(panel, firstOrigin as number, horizon, {
      seed,
      timeBudgetSeconds: FIT_SHARE * job.timeBudgetSeconds,
      maxSteps: FIT_STEPS,
      learningRate: FIT_RATE,
      holdOut: true,
      start: null,
      stage: "fitting the net before the first origin",
      checkpoint: resumed.fit,
      watch: {
        ...watch,
        onCheckpoint: (bytes, step) => {
          fitState = bytes
          watch.onCheckpoint(joinCheckpoint({ fit: bytes, final: null }), step)
        },
      },
    })
  )
  const boostedOn = (until: number, which = "") =>
    fitOrNothing(() =>
      fitBoostedDemand(panel, until, {
        horizon,
        sums: [job.sumPeriods],
        seed,
        validation: validationOrigins(until, horizon, BLOCKS_OF_A_FIT),
        onProgress: ({ stage, ...rest }) => watch.onProgress({ stage: `${stage}${which}`, ...rest }),
        shouldStop: watch.shouldStop,
      })
    )
  const allTrees: (FitUntil & { parts: BoostedDemand })[] = []
  for (const [index, until] of origins.entries()) {
    const fit = await boostedOn(until, `, origin ${index + 1} of ${origins.length}`)
    if (!fit) break // what precedes the first origin is too short for trees
    allTrees.push({ until, model: fit.model, parts: fit.parts })
  }
  const [trees] = allTrees
  const serving = servingRecipe(job)
  const missing = serving && { net: partsOf(serving).net && !fitted, boosted: partsOf(serving).boosted && !trees }
  const models = demandCandidates(fitted?.net ?? null, trees ? latestFit(allTrees) : null)
  const backtest = await backtestDemand({
    panel,
    models,
    usual: BOOSTED_AVERAGE,
    horizon,
    sumPeriods: job.sumPeriods,
    origins: job.origins,
    seed,
    serving:
      serving && !missing?.net && !missing?.boosted
        ? { model: servedMixture("serving", serving, models), choice: serving.choice }
        : null,
    onProgress: async (progress) => {
      watch.onProgress(progress)
      await nextTurn()
    },
    shouldStop: watch.shouldStop,
    now: () => performance.now(),
  })
  const used = partsOf(backtest)
  const final =
    fitted && used.net
      ? await fitDemandNet(panel, panel.periods.length, horizon, {
          seed: seed + 1,
          timeBudgetSeconds: (1 - FIT_SHARE) * job.timeBudgetSeconds,
          maxSteps: Math.max(1, Math.round(FINAL_SHARE * fitted.step)),
          learningRate: FINAL_RATE,
          holdOut: false,
          start: fitted.net,
          stage: "fitting the net on all data",
          checkpoint: resumed.final,
          watch: {
            ...watch,
            onCheckpoint: (bytes, step) => watch.onCheckpoint(joinCheckpoint({ fit: fitState, final: bytes }), (fitted.curve.at(-1)?.step ?? 0) + step),
          },
        })
      : null
  const finalTrees = trees && used.boosted ? await boostedOn(panel.periods.length) : null
  const gate = demandGate(backtest, serving !== null && areAlike(backtest.choice, serving.choice))
  const unseen = Math.min(job.replayPeriods ?? 0, horizon * backtest.heldOut.origins.length)
  const early = servedMixture("early", { horizon, choice: backtest.choice, net: null }, models)
  const replays = gate.promote && unseen > 0 ? await replayForecasts(panel, early, { periods: unseen, horizon }, watch) : []
  return {
    task: "train",
    bytes: packDemandModel({ horizon, choice: backtest.choice, net: final?.net ?? null, boosted: finalTrees?.parts ?? null }),
    algorithm: [...new Set(DEMAND_CLASSES.map((demandClass) => backtest.choice[demandClass].model))].join(", "),
    parameters: {
      horizon,
      sumPeriods: job.sumPeriods,
      choice: backtest.choice,
      boosted: trees ? { levels: trees.parts.levels, ...trees.parts.spec.settings } : null,
      net: fitted ? { ...fitted.net.spec, categories: fitted.net.spec.categories.length, steps: fitted.step, finalSteps: final?.step ?? 0 } : null,
    },
    backtest,
    gate,
    replays,
    backend,
    seconds: (performance.now() - startedAt) / 1000,
    lossCurve: curveOf(fitted, final),
  }
}

/** The version in service; `null` when there is none or when another release wrote its bytes, which must not block a new version. */
function servingRecipe(job: DemandJob): TrainedDemand | null {
  if (!job.serving) return null
  try {
    const serving = unpackDemandModel(job.serving)
    servedMixture("serving", serving)
    return serving
  } catch (error) {
    if (error instanceof ForesightError && error.code === "invalid_model") return null
    throw error
  }
}

function curveOf(fitted: FittedDemandNet | null, final: FittedDemandNet | null): FittedDemandNet["curve"] {
  const before = fitted?.curve ?? []
  const offset = before.at(-1)?.step ?? 0
  return [...before, ...(final?.curve ?? []).map((point) => ({ ...point, step: point.step + offset }))]
}
