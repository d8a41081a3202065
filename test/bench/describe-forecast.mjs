// The part `forecast` of docs/benchmarks.md.
import { table } from "./page.mjs"
import { megabytes, number, told } from "./spread.mjs"

const MEASURES = { wql: "WQL", sum_wql_1: "sum-WQL, 1 period", sum_wql_2: "sum-WQL, 2 periods", sum_wql_4: "sum-WQL, 4 periods", wmae: "WMAE (holidays × 5)", scaled_ql: "scaled quantile loss" }
const CLASSES = ["all", "smooth", "erratic", "intermittent", "lumpy"]
/** Points of calibration that must hold, and that are aimed at. */
const [MUST_POINTS, AIM_POINTS] = [3, 1.5]
/** The same where the truth is known. */
const SIMULATED_POINTS = 2
/** Series × origins below which a class says nothing. */
const LEAST_PAIRS = 100

/** @param {string} measure @param {number} value */
const figure = (measure, value) => (measure === "wmae" ? number(value) : number(value, 4))

/** @param {number} ratio @param {number} must @param {number} aim */
const verdict = (ratio, must, aim) => (ratio <= aim ? "aim" : ratio <= must ? "must" : "**missed**")

/** @param {{ pairs: number, worst: { points: number } }} own */
const calibrated = ({ pairs, worst }) => (pairs < LEAST_PAIRS ? "too few to say" : worst.points <= AIM_POINTS ? "aim" : worst.points <= MUST_POINTS ? "must" : "**missed**")

/** @param {import("./measure-forecast.mjs").ForecastResult} result @returns {string} in Markdown */
export function describeForecast({ sets, simulated, scale }) {
  const comparisons = sets.flatMap((set) =>
    set.comparisons.map(({ measure, bestPeer, bestValue, value, ratio, paired, must, aim }) => [
      ...[set.title, MEASURES[/** @type {keyof typeof MEASURES} */ (measure)], `${bestPeer} ${figure(measure, bestValue)}`, figure(measure, value), number(ratio, 3)],
      paired ? `${figure(measure, paired.difference)} [${figure(measure, paired.low)}, ${figure(measure, paired.high)}]` : "–",
      ...[`≤ ${must}`, `≤ ${aim}`, verdict(ratio, must, aim)],
    ])
  )
  const parts = [
    [
      "Protocol, peers and scorer: `../shared/score` (rolling origins; nothing after an origin but what is known ahead; every file scored by `score.py`, whose figures the bench's own count must repeat).",
      "`foresight forecast FILE --frequency … --horizon …` with its defaults, once an origin, in a process of its own: reading, fitting, choosing, forecasting and writing are in its seconds.",
      "Difference: ours − best peer, 95% interval of a paired bootstrap over series (1,000 draws). Below 0 is better.",
      sets.every(({ peersRun }) => peersRun) ? "Peers were run on this machine by the same bench." : "Peers: recorded scores where they were not run here; no paired difference can be given for those.",
    ].join(" "),
    table(["data", "measure", "best peer", "ours", "ratio", "difference [95%]", "must", "aim", "reached"], comparisons),
    "**Time.** Seconds an origin, this machine; the peers' are sums over all origins (CPU seconds for LightGBM and PooledIndex).",
    table(
      ["data", "series", "seconds an origin", "LightGBM, all origins", "Ensemble, all origins", "whole part, s"],
      sets.map(({ title, series, seconds, peers, wallSeconds }) => {
        const of = (/** @type {string} */ name) => peers.find(({ peer }) => peer === name)?.seconds
        return [title, number(series), told(seconds, 1), of("LightGBM") ? number(of("LightGBM") ?? 0, 1) : "–", of("Ensemble") ? number(of("Ensemble") ?? 0, 1) : "–", number(wallSeconds)]
      })
    ),
    `**Calibration.** Right for discrete demand: P(y < q) ≤ level ≤ P(y ≤ q). Points by which the worst of the levels 0.1 … 0.9 and 0.95 lies outside; must ≤ ${MUST_POINTS}, aim ≤ ${AIM_POINTS}. Beside it the peer that is best by WQL, on its levels (LightGBM and Ensemble have none above 0.9).`,
    table(
      ["data", "class", "series × origins", "worst level", "points off", "the peer's", "reached"],
      sets.flatMap(({ title, calibration, peerCalibration }) =>
        CLASSES.flatMap((name) => {
          const [own, peer] = [calibration[name], peerCalibration[name]]
          return own ? [[title, name, number(own.pairs), String(own.worst.level), number(own.worst.points, 1), peer ? number(peer.worst.points, 1) : "–", calibrated(own)]] : []
        })
      )
    ),
  ]
  if (sets.some(({ singles }) => singles.length > 0)) {
    parts.push(
      "**The choice and each model alone.** WQL, then sum-WQL of 1, 2 and 4 periods; the choice must not be more than 1% worse than the best single model.",
      table(
        ["data", "model", "WQL", "sum 1", "sum 2", "sum 4", "seconds an origin"],
        sets.flatMap(({ title, scores, singles, seconds }) => {
          const [own] = scores.filter(({ class: name }) => name === "all")
          const choice = [title, "**auto**", ...["wql", "sum_wql_1", "sum_wql_2", "sum_wql_4"].map((name) => number(Number(own?.[name]), 4)), told(seconds, 1)]
          return [choice, ...singles.map(({ model, wql, sums, seconds: alone }) => [title, model, number(wql, 4), ...sums.map((value) => number(value, 4)), told(alone, 1)])]
        })
      )
    )
  }
  if (simulated) {
    const { series, seconds, calibration, offTruth, offByLuck } = simulated
    parts.push(
      [
        `**A shop whose truth is known.** The demo's simulated shop, ${number(series)} variants at locations, 104 weeks, 4 origins × 4 weeks, \`--known promotion\`, days out of stock told; judged by what customers wanted, sold or not.`,
        `Means are ${number(100 * offTruth, 1)}% of demand away from the expected demand that the simulation draws from (what came is ${number(100 * offByLuck, 1)}% away from it). ${told(seconds, 1)} s an origin. Goal: ${SIMULATED_POINTS} points.`,
      ].join(" "),
      table(
        ["class", "series × origins", "worst level", "points off", "reached"],
        CLASSES.flatMap((name) => {
          const own = calibration[name]
          return own ? [[name, number(own.pairs), String(own.worst.level), number(own.worst.points, 1), own.pairs < LEAST_PAIRS ? "too few to say" : own.worst.points <= SIMULATED_POINTS ? "yes" : "**no**"]] : []
        })
      )
    )
  }
  if (scale) {
    parts.push(
      "**Many series.** Made-up daily series of 200 days, 28 days ahead, `--model auto`: fitted on at most 5,000 of them, then forecast in pieces.",
      table(
        ["series", "rows", "seconds", "series/s", "peak memory"],
        scale.map(({ series, rows, seconds, peakBytes }) => [number(series), number(rows), number(seconds, 1), number(series / seconds), megabytes(peakBytes)])
      )
    )
  }
  return parts.join("\n\n")
}
