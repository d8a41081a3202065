import type { DemandPanel, DemandSeries } from "../../domain/demand/types"
import { ForesightError } from "../../domain/errors"
import { startBackend } from "../backend"
import { batchSizeFor, TrainingWindows, FEWEST_WINDOWS } from "./training-windows"
import { fitNetWeights, type NetTrainee } from "./net-fit"
import { initialWeights, netLoss, netTensors, type NetTargets } from "./net-decoder"
import { NetInputs, type NetBatch } from "./net-inputs"
import type { NetName } from "./net-names"
import { netSpec, type NetSpec } from "./net-spec"

/** One net to train. Plain data, as what is trained: both cross thread borders by structured clone. */
export interface NetTask {
  name: NetName
  panel: DemandPanel
  /** Only periods before it are learnt from. */
  limit: number
  horizon: number
  /** Numbers of first periods whose total is forecast too. */
  sums: readonly number[]
  seed: number
  /** Steps of 128 windows, fewer in small panels; 800 when left out. */
  steps?: number | undefined
  /** Wall seconds it may take; as many as the steps need when left out. */
  seconds?: number | undefined
}

/** What `netModel()` makes a demand model of. */
export interface TrainedNet {
  spec: NetSpec
  weights: readonly Float32Array[]
  /** Mean loss of every 50 steps. */
  curve: { step: number; loss: number }[]
}

export interface NetStep {
  step: number
  steps: number
  /** Mean of the last 50 steps; left out before. */
  loss?: number
}

const STEPS = 800
/** Most windows a step. */
const MOST_BATCH = 128
const LEARNING_RATE = 6e-3

/** Trains a net by a fixed number of steps with a rate that falls to 0: stopping where one held-out block is best was worse, as it is for the trees. Where the
 * seconds do not suffice for all steps, the rate falls sooner. Starts the backend where none has been. The same net for the same seed, panel and backend, unless the seconds cut it.
 * @param tell Hears of every step; what it throws ends the training.
 * @throws ForesightError `too_little_data` where the history gives too few windows, `unavailable` without a backend.
 */
export async function trainNet(task: NetTask, tell: (step: NetStep) => void = () => undefined): Promise<TrainedNet> {
  const { name, panel, limit, horizon, sums, seed, steps = STEPS, seconds = Infinity } = task
  await startBackend()
  const spec = netSpec(name, panel, limit, horizon, sums)
  const inputs = new NetInputs(panel, spec)
  const windows = new TrainingWindows(panel, spec, inputs, limit)
  if (windows.count < FEWEST_WINDOWS) {
    const found = `${panel.series.length} series over ${limit} periods give ${windows.count}`
    throw new ForesightError("too_little_data", `${FEWEST_WINDOWS} training windows are needed; ${found}`)
  }
  const size = batchSizeFor(windows, MOST_BATCH)
  const trainee: NetTrainee = {
    first: initialWeights(spec, seed),
    tensors: (values) => netTensors(spec, values),
    draw: (random) => {
      const { series, origins } = windows.draw(size, random)
      const batch = inputs.batch(series, origins)
      const targets = netTargets(spec, batch, { series, origins, limit, meanRoot: windows.meanRoot })
      return (weights) => netLoss(spec, weights, batch, targets)
    },
  }
  return { spec, ...(await fitNetWeights(trainee, { seed, steps, seconds, learningRate: LEARNING_RATE, tell })) }
}

/** Units of each target over its scale. A target weighs as the root of its series' level, which drew the window by the same root, times its season: the
 * expected loss counts in units. */
function netTargets(
  { windows }: NetSpec,
  { scale }: NetBatch,
  { series, origins, limit, meanRoot }: { series: readonly DemandSeries[]; origins: readonly number[]; limit: number; meanRoot: number }
): NetTargets {
  const targets: NetTargets = { ratios: new Float32Array(scale.length), weights: new Float32Array(scale.length) }
  series.forEach(({ units }, row) => {
    windows.forEach(({ from, to }, which) => {
      const [start, end] = [(origins[row] as number) + from, (origins[row] as number) + to]
      let sum = end <= limit ? 0 : NaN
      for (let period = start; period < end && !Number.isNaN(sum); period++) sum += Math.max(0, units[period] ?? NaN)
      const at = row * windows.length + which
      const own = scale[at] as number
      if (Number.isNaN(sum)) return
      targets.ratios[at] = sum / (to - from) / own
      targets.weights[at] = (Math.sqrt(own) / meanRoot) * (to - from)
    })
  })
  return targets
}
