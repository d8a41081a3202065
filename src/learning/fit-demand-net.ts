import type { DemandPanel } from "../domain/demand/types"
import { ForesightError } from "../domain/errors"
import { DemandNet, initialDemandNetWeights, weightTensors } from "./demand-net"
import { demandNetLoss, heldOutWql } from "./demand-net-loss"
import { DemandNetInputs } from "./demand-net-inputs"
import { demandNetSpec } from "./demand-net-spec"
import { batchSizeFor, DemandWindows, FEWEST_WINDOWS } from "./demand-windows"
import { fitNetWeights, type FittedNetWeights, type NetFitOptions } from "./net-fit"

/** Rounds without a better held-out figure after which the fit ends. */
const PATIENCE = 6
/** Most windows a step. */
const MOST_BATCH = 256

export interface FitDemandNet extends Omit<NetFitOptions, "patience"> {
  /** Holds out the last `horizon` periods before `until`: the weights of the best round win. Without it the last weights do. */
  holdOut: boolean
  /** A fitted net to go on from; a fresh one when `null`. */
  start: DemandNet | null
}

export interface FittedDemandNet {
  net: DemandNet
  /** Step whose weights `net` has. */
  step: number
  curve: FittedNetWeights["curve"]
}

/**
 * Fits the global LSTM on the first `until` periods of a panel.
 * Deterministic for one seed, panel and backend unless the time budget cuts it; a resumed fit takes the same steps as an uncut one.
 * @throws ForesightError `too_little_data` when there is too little history, `canceled` when the watch says stop, `invalid_model` when the loss is not finite.
 */
export async function fitDemandNet(panel: DemandPanel, until: number, horizon: number, options: FitDemandNet): Promise<FittedDemandNet> {
  const { start, holdOut, seed, stage } = options
  const spec = start?.spec ?? demandNetSpec(panel, until, horizon)
  const limit = holdOut ? until - horizon : until
  const inputs = new DemandNetInputs(panel, spec, limit)
  const windows = new DemandWindows(panel, spec, inputs, limit)
  if (windows.count < FEWEST_WINDOWS) {
    const found = `${panel.series.length} series over ${until} periods give ${windows.count}`
    throw new ForesightError("too_little_data", `the net needs ${FEWEST_WINDOWS} training windows; ${found}`)
  }
  const units = panel.series.reduce((sum, series) => sum + series.units.reduce((total, sold) => total + (sold >= 0 ? sold : 0), 0), 0)
  const batchSize = batchSizeFor(windows, MOST_BATCH)
  const { weights, step, curve } = await fitNetWeights(
    {
      first: start?.weights ?? initialDemandNetWeights(spec, seed),
      fingerprint: JSON.stringify([spec, stage, seed, until, limit, panel.periods[0], panel.series.length, units]),
      tensors: (values) => weightTensors(spec, values),
      draw: (random) => {
        const { series, origins } = windows.draw(batchSize, random)
        const batch = inputs.batch(series, origins)
        const targets = windows.targets(series, origins, batch.level)
        return (tensors) => demandNetLoss(spec, tensors, batch, targets)
      },
      heldOut: (values) => {
        const wql = holdOut ? heldOutWql(new DemandNet(spec, values), panel, limit, until) : NaN
        return Number.isFinite(wql) ? wql : undefined // nothing sold: the last weights are as good as any
      },
    },
    { ...options, patience: PATIENCE }
  )
  return { net: new DemandNet(spec, weights), step, curve }
}
