import type { GateDecision } from "../training"
import { NAIVE_MODEL } from "./registry"
import type { DemandBacktest } from "./types"

/** Share by which sums of floating-point numbers may differ and still count as equal. */
const ROUNDING = 1e-9

/** Whether a freshly trained mixture is served: only if its WQL of the sum that is ordered for is lower than the seasonal naive model's and not higher
 * than that of the version in service (`serving`), all on the same held-out origins. An equal figure means the same recipe: then the newer fit, which
 * has learnt from newer sales, is served. The other models' figures are reported, not compared: the mixture is made of them. A mixture that chose the
 * naive model for every class cannot beat it and is not promoted. When nothing was ever promoted, the caller forecasts with exponential smoothing as
 * a rule without a version (`modelVersionId` null).
 */
export function demandGate(backtest: Pick<DemandBacktest, "served" | "heldOut">): GateDecision {
  const value = backtest.served.sumWql
  const baselines = Object.fromEntries(Object.entries(backtest.heldOut.models).map(([name, metrics]) => [name, metrics.sumWql]))
  const { [NAIVE_MODEL]: naive, serving } = baselines
  const hurdles: { name: string; figure: number; passed: boolean }[] = []
  if (naive !== undefined) hurdles.push({ name: "the seasonal naive forecast", figure: naive, passed: value < naive })
  if (serving !== undefined) hurdles.push({ name: "the version in service", figure: serving, passed: value <= serving * (1 + ROUNDING) })
  const missed = hurdles.filter((hurdle) => !hurdle.passed)
  const promote = naive !== undefined && missed.length === 0
  const from = backtest.heldOut.origins[0] ?? "the last origin"
  const against = (list: typeof hurdles) => list.map((hurdle) => `${hurdle.name} (${hurdle.figure.toFixed(4)})`).join(" and ")
  const scored = `on demand from ${from} on, which it had not seen, its weighted quantile loss of ${value.toFixed(4)}`
  const reason = promote
    ? `Promoted: ${scored} holds against ${against(hurdles)}.`
    : naive === undefined
      ? "Not promoted: there was no naive forecast to compare with."
      : `Not promoted: ${scored} does not hold against ${against(missed)}.`
  return { metric: "sum_wql", value, baselines, promote, reason }
}
