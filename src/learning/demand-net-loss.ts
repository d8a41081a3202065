import * as tf from "@tensorflow/tfjs"
import type { Scalar, Tensor } from "@tensorflow/tfjs"
import { QUANTILE_LEVELS } from "../domain/demand/types"
import type { DemandPanel } from "../domain/demand/types"
import { demandNetRatios } from "./demand-net"
import type { DemandNet } from "./demand-net"
import type { DemandBatch } from "./demand-net-inputs"
import type { DemandNetSpec } from "./demand-net-spec"
import type { DemandTargets } from "./demand-windows"

const LEVELS = QUANTILE_LEVELS.length

/** Weighted pinball loss `max(q·e, (q − 1)·e)`, `e = y − ŷ`, of ratios, averaged over windows, periods and levels. */
export function demandNetLoss(spec: DemandNetSpec, weights: readonly Tensor[], batch: DemandBatch, targets: DemandTargets): Scalar {
  const levels = tf.tensor1d([...QUANTILE_LEVELS])
  const error = tf.tensor3d(targets.ratios, [batch.size, spec.horizon, 1]).sub(demandNetRatios(spec, weights, batch))
  const pinball = error.mul(levels).add(error.neg().relu()) // q·e for e ≥ 0, q·e − e below
  return pinball.mul(tf.tensor3d(targets.weights, [batch.size, spec.horizon, 1])).mean()
}

/** `2 Σρ_q / (levels · Σy)` in units over the `horizon` periods from `origin` on, for periods before `limit` whose demand is known; not finite if none sold. */
export function heldOutWql(net: DemandNet, panel: DemandPanel, origin: number, limit: number): number {
  const { horizon } = net.spec
  let loss = 0
  let sold = 0
  for (const [index, { quantiles }] of net.rawForecast(panel, origin).entries()) {
    for (let ahead = 0; ahead < horizon && origin + ahead < limit; ahead += 1) {
      const y = panel.series[index]?.units[origin + ahead] ?? NaN
      if (!(y >= 0)) continue
      sold += y
      for (const [at, level] of QUANTILE_LEVELS.entries()) {
        const error = y - (quantiles[ahead * LEVELS + at] as number)
        loss += Math.max(level * error, (level - 1) * error)
      }
    }
  }
  return (2 * loss) / (LEVELS * sold)
}
