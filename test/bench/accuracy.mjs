// How good the trained models are, beside the simple ones on the same held-out time, and beside what others reach on the same shop.
import { PEERS, PEERS_SOURCE } from "./peers.mjs"
import { table } from "./page.mjs"
import { number } from "./spread.mjs"

const MOST_DIGITS = 4
const figure = (/** @type {number | undefined} */ value, digits = MOST_DIGITS) => (value === undefined ? "–" : number(value, digits))

/**
 * @param {any[]} models all versions, as `GET /admin/foresight/models` tells them
 * @param {string} source of the sales; peers were measured on Online Retail only
 * @returns {string} in Markdown
 */
export function describeAccuracy(models, source) {
  const newest = (/** @type {string} */ kind) => models.filter((model) => model.kind === kind).sort((a, b) => b.version - a.version)[0]
  const demand = newest("demand")
  const ranking = ["taste", "session"].map(newest).filter((model) => model !== undefined)
  return [
    ...(demand ? [describeDemand(demand)] : ["No demand model was trained."]),
    ...(source.includes("Online Retail") ? [describePeers()] : []),
    ...ranking.map(describeRanking),
  ].join("\n\n")
}

/** @param {any} model */
function trainedLine({ status, backend, seconds, seed, bytes, data_from, data_to, gate }) {
  const effort = `${number(seconds, 1)} s of the training process (${backend}, seed ${seed}; ${number(bytes / 1024)} kB stored)`
  return `Learned from ${data_from} to ${data_to} in ${effort}. Now ${status}. ${gate.reason}`
}

/** @param {any} model */
function describeDemand(model) {
  const { backtest, algorithm } = model
  const { heldOut, served, origins, horizon, sumPeriods, seriesCount, frequency, reasons } = backtest
  const row = (/** @type {string} */ name, /** @type {any} */ { sumWql, wql, wape, bias, coverage90, seconds }) => [
    ...[name, figure(sumWql), figure(wql)],
    ...[figure(wape, 3), figure(bias, 3), figure(coverage90, 3), figure(seconds, 1)],
  ]
  const others = Object.entries(heldOut.models).sort(([, a], [, b]) => a.sumWql - b.sumWql)
  return [
    "### Demand: held-out accuracy beside the simple models",
    trainedLine(model),
    [
      `${number(seriesCount)} series; ${origins.length} rolling origins (the ${frequency}s of ${origins.join(", ")}), ${horizon} periods ahead.`,
      `The weights of each class were chosen on the earlier origins: ${reasons.join("; ")}.`,
      `Below, only the origins from ${heldOut.origins[0]} on, which no choice had seen.`,
      `sum-WQL is of the sum over ${sumPeriods} periods, lead time and review, which is what is ordered for; lower is better.`,
      "Seconds: forecasting from these origins, what a row shares with one above it counted once; fitting aside. One fit, so no interval.",
    ].join(" "),
    table(
      ["model", `sum-WQL ${sumPeriods}`, "WQL", "WAPE", "bias", "cover q0.9", "seconds"],
      [row(`**served: ${algorithm}**`, served), ...others.map(([name, metrics]) => row(name, metrics))]
    ),
  ].join("\n\n")
}

function describePeers() {
  return [
    "### Demand: what others reach on Online Retail",
    `${PEERS_SOURCE.where} Another protocol, so **not to be compared digit by digit** with the table above: ${PEERS_SOURCE.differences}`,
    table(["peer", "WQL [95%]", "sum-WQL 1", "sum-WQL 2", "sum-WQL 4"], PEERS.map(({ name, wql, sums }) => [name, wql, ...sums])),
  ].join("\n\n")
}

/** @param {any} model */
function describeRanking(model) {
  const { backtest, algorithm, kind } = model
  const { models, served, testFrom, choice } = backtest
  const row = (/** @type {string} */ name, /** @type {any} */ { ndcg10, hr10, hr20, mrr20, coverage20, seconds }) => [
    ...[name, figure(ndcg10), figure(hr10), figure(hr20), figure(mrr20)],
    ...[figure(coverage20, 3), figure(seconds, 1)],
  ]
  const others = Object.entries(models).sort(([, a], [, b]) => b.ndcg10 - a.ndcg10)
  return [
    `### Recommending (${kind}): held-out accuracy beside the simple models`,
    trainedLine(model),
    [
      `Split by time: tuned before, tested on ${number(served.users)} cases from ${testFrom.slice(0, 10)} on.`,
      "All items are ranked, ties last; higher is better. `…_new_items`: only what the person did not have before counts, so only like rows compare.",
      `Chosen: ${choice}. One split, so no interval. No published figure uses this split.`,
    ].join(" "),
    table(
      ["model", "NDCG@10", "HR@10", "HR@20", "MRR@20", "coverage@20", "seconds"],
      [row(`**served: ${algorithm}**`, served), ...others.map(([name, metrics]) => row(name, metrics))]
    ),
  ].join("\n\n")
}
