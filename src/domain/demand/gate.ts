import type { GateDecision } from "../training"
import { CHALLENGER, SERVING } from "./backtest"
import { SURE } from "./paired-gain"
import { NAIVE_MODEL } from "./registry"
import type { DemandBacktest } from "./types"

/** Whether a freshly trained average is served, by its WQL of the sum that is ordered for on the held-out origins. It must be lower than that of the
 * seasonal naive model and of the version in service, each beyond chance: in 19 of 20 draws of a paired bootstrap over series. An average by the weights of
 * the version in service has only the naive figure to beat: it serves already, and the newer fit has learnt from newer sales. The members' own figures are
 * reported, not compared: the average is made of them. When nothing was ever promoted, the caller forecasts with exponential smoothing as a rule without a
 * version (`modelVersionId` null).
 * @param isAlike Whether the average has the weights of the version in service, or kept them.
 */
export function demandGate(backtest: Pick<DemandBacktest, "served" | "heldOut">, isAlike = false): GateDecision {
  const { heldOut, served } = backtest
  const value = served.sumWql
  const baselines = Object.fromEntries(Object.entries(heldOut.models).map(([name, metrics]) => [name, metrics.sumWql]))
  const { [NAIVE_MODEL]: naive, [SERVING]: serving, [CHALLENGER]: challenger } = baselines
  const shareOf = (name: string) => heldOut.gains?.[name]?.share ?? 0
  const hurdles: { label: string; figure: number; share: number; isPassed: boolean }[] = []
  const add = (name: string, label: string, figure: number) => {
    const share = shareOf(name)
    hurdles.push({ label, figure, share, isPassed: value < figure && (isAlike || share >= SURE) })
  }
  if (naive !== undefined) add(NAIVE_MODEL, "the seasonal naive forecast", naive)
  if (serving !== undefined && !isAlike) add(SERVING, "the version in service", serving)
  const missed = hurdles.filter(({ isPassed }) => !isPassed)
  const promote = naive !== undefined && missed.length === 0
  const from = heldOut.origins[0] ?? "the last origin"
  const percent = (share: number) => `${Math.floor(100 * share)}%`
  const against = (list: typeof hurdles) => list.map(({ label, figure, share }) => `${label} (${figure.toFixed(4)}, better in ${percent(share)} of draws)`).join(" and ")
  const scored = `on demand from ${from} on, which it had not seen, its weighted quantile loss of ${value.toFixed(4)}`
  const verdict = promote
    ? `Promoted: ${scored} holds against ${against(hurdles)}.`
    : naive === undefined
      ? "Not promoted: there was no naive forecast to compare with."
      : `Not promoted: ${scored} does not hold against ${against(missed)}; ${percent(SURE)} of draws are needed.`
  const kept = ` It keeps the weights of the version in service: those it would have chosen now (${challenger?.toFixed(4)}) were not better beyond chance.`
  return { metric: "sum_wql", value, baselines, ...(heldOut.gains ? { gains: heldOut.gains } : {}), promote, reason: challenger === undefined ? verdict : verdict + kept }
}
