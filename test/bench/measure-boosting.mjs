// `boosting`: our boosted trees beside LightGBM on the same rows, with the same parameters, one core each, taken in turns.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { ROOT, buildPackage, installDependencies } from "../../demo/launch/package-build.mjs"
import { LaunchError } from "../../demo/launch/steps.mjs"
import { CATEGORICAL, COLUMNS, GROUP, writeBoostingData } from "./measure-boosting-data.mjs"
import { table } from "./page.mjs"
import { pythonProgram } from "./python.mjs"
import { number, quantile, told } from "./spread.mjs"

/**
 * @typedef {{ seconds: number, cpu: number }} Times
 * @typedef {{ bin: Times, losses: Record<string, { train: Times, predict: Times }>, pool?: { threads: number, seconds: number }[], version?: string }} Run
 * @typedef {Run & { scores: Record<string, number> }} ScoredRun
 * @typedef {{ rows: number, trained: number, rounds: number, ours: ScoredRun[], lightgbm: ScoredRun[] }} BoostingResult
 */

const TARGETS = { squared: "demand", quantile: "demand", tweedie: "demand", logistic: "bought", lambdarank: "relevance" }
/** What a held-out row costs, by loss; LambdaRank is scored by groups. @type {Record<string, (prediction: number, wanted: number) => number>} */
const LOSSES = {
  squared: (prediction, wanted) => (prediction - wanted) ** 2,
  quantile: (prediction, wanted) => (wanted >= prediction ? 0.9 * (wanted - prediction) : 0.1 * (prediction - wanted)),
  tweedie: (prediction, wanted) => 2 * prediction ** 0.5 + 2 * wanted * prediction ** -0.5,
  logistic: (prediction, wanted) => -Math.log(Math.max(wanted === 1 ? prediction : 1 - prediction, 1e-15)),
}

/** @param {string} file @param {number} [from] */
function doubles(file, from = 0) {
  const bytes = readFileSync(file)
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset + 8 * from, bytes.byteOffset + bytes.byteLength))
}

/** 1 − NDCG@10. @param {Float64Array} scores @param {Float64Array} relevance */
function rankLoss(scores, relevance) {
  let sum = 0
  for (let start = 0; start < scores.length; start += GROUP) {
    const at = (/** @type {Float64Array} */ values, /** @type {number} */ row) => values[row] ?? NaN
    const group = Array.from({ length: GROUP }, (_, row) => start + row)
    const dcg = (/** @type {number[]} */ order) =>
      order.slice(0, 10).reduce((total, row, rank) => total + (2 ** at(relevance, row) - 1) / Math.log2(2 + rank), 0)
    const best = dcg(group.toSorted((a, b) => at(relevance, b) - at(relevance, a)))
    sum += best === 0 ? 1 : dcg(group.toSorted((a, b) => at(scores, b) - at(scores, a) || a - b)) / best
  }
  return 1 - sum / (scores.length / GROUP)
}

/** Held-out losses of both sides by the same definitions. @param {string} folder @param {string} side @param {number} trained */
function scoresOf(folder, side, trained) {
  const weight = doubles(join(folder, "weight.f64"), trained)
  const total = weight.reduce((sum, each) => sum + each, 0)
  return Object.fromEntries(
    Object.entries(TARGETS).map(([name, target]) => {
      const [predictions, wanted] = [doubles(join(folder, `${side}-${name}.f64`)), doubles(join(folder, `${target}.f64`), trained)]
      const lossOf = LOSSES[name]
      if (!lossOf) return [name, rankLoss(predictions, wanted)]
      return [name, predictions.reduce((sum, prediction, row) => sum + (weight[row] ?? NaN) * lossOf(prediction, wanted[row] ?? NaN), 0) / total]
    })
  )
}

/**
 * @param {object} tools
 * @param {import("../../demo/launch/processes.mjs").Processes} tools.processes
 * @param {import("../../demo/launch/steps.mjs").Steps["step"]} tools.step
 * @param {(text: string) => void} tools.note
 * @param {number} tools.repeats
 * @param {boolean} tools.small
 * @param {string} [tools.server] the compiled plugin; built first unless given
 * @returns {Promise<BoostingResult>}
 */
export async function measureBoosting({ processes, step, note, repeats, small, server: built }) {
  const [rows, trained, rounds] = small ? [15_000, 10_000, 20] : [125_000, 100_000, 100]
  const folder = join(processes.folder, "boosting")
  if (built === undefined) {
    await step("dependencies", async ({ result }) => result((await installDependencies(processes)) ? "npm ci" : "present"))
    await step("build", async ({ result }) => result((await buildPackage(processes)) ? "built" : "unchanged"))
  }
  const server = built ?? join(ROOT, ".medusa", "server")
  await step("rows", () => writeBoostingData(folder, { rows }))
  const python = await step("LightGBM", ({ result }) =>
    pythonProgram(processes, { program: "python", packages: ["lightgbm==4.7.0", "numpy"] }).catch((/** @type {unknown} */ error) => {
      if (!(error instanceof LaunchError)) throw error
      result("skipped")
      note(`LightGBM is left out: ${error.message}. ${error.advice ?? ""}`)
      return null
    })
  )
  /** @param {string} name @param {string} command @param {(string | number)[]} args @returns {Promise<Run>} */
  const run = async (name, command, args) => {
    let said = ""
    await processes.run({ name: `boosting-${name}`, command, args: args.map(String), fresh: true, onLine: (line) => (said = line) })
    return JSON.parse(said)
  }
  /** @type {{ ours: ScoredRun[], lightgbm: ScoredRun[] }} */
  const runs = { ours: [], lightgbm: [] }
  for (let seed = 1; seed <= repeats; seed++) {
    await step(`round ${seed} of ${repeats}`, async () => {
      const ours = await run("ours", process.execPath, [join(import.meta.dirname, "measure-boosting-ours.mjs"), server, folder, rows, trained, seed, rounds])
      runs.ours.push({ ...ours, scores: scoresOf(folder, "ours", trained) })
      if (!python) return
      const script = join(import.meta.dirname, "measure-boosting-lightgbm.py")
      const lightgbm = await run("lightgbm", python, [script, folder, rows, trained, seed, rounds, COLUMNS, CATEGORICAL, GROUP])
      runs.lightgbm.push({ ...lightgbm, scores: scoresOf(folder, "lightgbm", trained) })
    })
  }
  return { rows, trained, rounds, ...runs }
}

/** @param {BoostingResult} result @returns {string} in Markdown */
export function describeBoosting({ rows, trained, rounds, ours, lightgbm }) {
  const median = (/** @type {number[]} */ values) => quantile(values, 0.5)
  const ratio = (/** @type {(run: ScoredRun) => number} */ of, digits = 2) =>
    lightgbm.length === 0 ? "–" : number(median(ours.map(of)) / median(lightgbm.map(of)), digits)
  const both = (/** @type {(run: ScoredRun) => number} */ of, digits = 2) => [told(ours.map(of), digits), told(lightgbm.map(of), digits), ratio(of)]
  const names = Object.keys(TARGETS)
  const training = names.map((name) => [name, ...both((run) => run.losses[name]?.train.cpu ?? NaN), ...both((run) => run.losses[name]?.train.seconds ?? NaN)])
  const predicting = names.map((name) => [name, ...both((run) => (5 * rows * rounds) / 1e6 / (run.losses[name]?.predict.cpu ?? NaN), 0)])
  const losses = names.map((name) => [
    name === "lambdarank" ? "lambdarank (1 − NDCG@10)" : name,
    told(
      ours.map(({ scores }) => scores[name] ?? NaN),
      4
    ),
    told(
      lightgbm.map(({ scores }) => scores[name] ?? NaN),
      4
    ),
    ratio(({ scores }) => scores[name] ?? NaN, 4),
  ])
  const threads = (ours[0]?.pool ?? []).map(
    ({ threads }, at) =>
      `${threads}: ${told(
        ours.map(({ pool }) => pool?.[at]?.seconds ?? NaN),
        1
      )} s`
  )
  return [
    `${number(trained)} trained rows (${number(rows - trained)} held out) of ${COLUMNS} columns made from a seed, ${rounds} trees of 31 leaves, 63 bins, ` +
      "60% of columns and 80% of rows a tree, weighted rows, one core each, in turns, a seed a repeat." +
      (lightgbm[0] ? ` LightGBM ${lightgbm[0].version}.` : " LightGBM was left out: no Python here."),
    `Training, seconds of the processor and of the clock (binning before it: ours ${told(
      ours.map(({ bin }) => bin.cpu),
      2
    )}, LightGBM ${told(
      lightgbm.map(({ bin }) => bin.cpu),
      2
    )} processor seconds):`,
    table(["loss", "ours, CPU s", "LightGBM, CPU s", "ratio", "ours, s", "LightGBM, s", "ratio"], training),
    "Loss on held-out rows, lower is better (a ratio of 1.01 is 1% worse than LightGBM):",
    table(["loss", "ours", "LightGBM", "ratio"], losses),
    `Prediction from raw values, millions of rows × trees a processor second (wanted: 200; ours 200 means 2 million rows × 100 trees), ${number(rows)} rows five times over:`,
    table(["loss", "ours", "LightGBM", "ratio"], predicting),
    `Four quantile models by \`trainAll()\` on threads – ${threads.join("; ")}.`,
  ].join("\n\n")
}
