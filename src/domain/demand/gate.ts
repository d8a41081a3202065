import type { GateDecision } from "../training"
import { NAIVE_MODEL } from "./registry"
import type { DemandBacktest } from "./types"

/** Whether a freshly trained mixture is served: only if its WQL of the sum that is ordered for is lower than the seasonal naive model's and than that of
 * the version in service (`serving`), all on the same held-out origins. The other models' figures are reported, not compared: the mixture is made of
 * them. A mixture that chose the naive model for every class cannot beat it and is not promoted. When nothing was ever promoted, the caller forecasts
 * with exponential smoothing as a rule without a version (`modelVersionId` null).
 */
export function demandGate(backtest: Pick<DemandBacktest, "served" | "heldOut">): GateDecision {
  const value = backtest.served.sumWql
  const baselines = Object.fromEntries(Object.entries(backtest.heldOut.models).map(([name, metrics]) => [name, metrics.sumWql]))
  const hurdles = [
    { name: "the seasonal naive forecast", figure: baselines[NAIVE_MODEL] },
    { name: "the version in service", figure: baselines.serving },
  ].filter((hurdle): hurdle is { name: string; figure: number } => hurdle.figure !== undefined)
  const missed = hurdles.filter((hurdle) => !(value < hurdle.figure))
  const promote = Number.isFinite(value) && hurdles.length > 0 && missed.length === 0
  const from = backtest.heldOut.origins[0] ?? "the last origin"
  const against = (list: typeof hurdles) => list.map((hurdle) => `${hurdle.name} (${hurdle.figure.toFixed(4)})`).join(" and ")
  const scored = `on demand from ${from} on, which it had not seen, its weighted quantile loss of ${value.toFixed(4)}`
  const reason = promote
    ? `Promoted: ${scored} is below that of ${against(hurdles)}.`
    : hurdles.length === 0
      ? "Not promoted: there was no naive forecast to compare with."
      : `Not promoted: ${scored} is not below that of ${against(missed)}.`
  return { metric: "sum_wql", value, baselines, promote, reason }
}
