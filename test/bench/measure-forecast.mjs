// `forecast`: `foresight forecast` beside the peers of ../shared/score on the same files, cores and origins, scored by the same scorer.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { ROOT, buildPackage } from "../../demo/launch/package-build.mjs"
import { LaunchError } from "../../demo/launch/steps.mjs"
import { measureOf, periodLosses, readActuals, rowsOf, sumLosses } from "./forecast-losses.mjs"
import { FORECAST_SETS } from "./forecast-sets.mjs"
import { measureForecastScale } from "./measure-forecast-scale.mjs"
import { measureSimulatedForecast } from "./measure-simulated-forecast.mjs"
import { pairedBootstrap } from "./paired-bootstrap.mjs"
import { pythonProgram } from "./python.mjs"
import { FORESIGHT, SUMS, runForecasts } from "./run-forecasts.mjs"

const SCORE = join(ROOT, "..", "shared", "score")
/** Kinds of peers that peers.py knows, in the order in which they need each other. */
export const PEER_KINDS = ["local", "index", "lightgbm", "ensemble"]
/** As ../shared/score/README.md names them. */
const PACKAGES = ["statsforecast==2.1.1", "lightgbm==4.7.0", "pandas==2.3.3", "scipy==1.17.1"]

/**
 * @typedef {Awaited<ReturnType<typeof measureForecast>>} ForecastResult
 * @typedef {Awaited<ReturnType<typeof measureSet>>} SetResult
 * @typedef {import("./run-forecasts.mjs").ForecastTools} Tools
 */

/**
 * @param {Omit<Tools, "server"> & { small: boolean, peers: string | undefined, sets: string | undefined, members?: string | undefined, server?: string }} options `peers`: kinds parted by commas, `kept` for those of an earlier run, `none`; all unless given. `members`: models measured alone, parted by commas, or `none`; all unless given.
 *   `small`: one set, no peers run, the recorded scores beside it, and few synthetic series; `server`: the compiled plugin, built first unless given
 * @throws LaunchError where ../shared/score is not there
 */
export async function measureForecast({ processes, step, note, folder, small, peers = small ? "none" : PEER_KINDS.join(","), sets, members = small ? "none" : undefined, server: built }) {
  if (!existsSync(join(SCORE, "score.py"))) throw new LaunchError(`${SCORE} is not there: the bench needs its data, peers and scorer`, "The other benches run without it.")
  const kinds = peers === "none" || peers === "kept" ? [] : peers.split(",")
  const unknown = kinds.find((kind) => !PEER_KINDS.includes(kind))
  if (unknown !== undefined) throw new LaunchError(`--peers names ${JSON.stringify(unknown)}; expected ${PEER_KINDS.join(", ")}, kept or none`)
  const wanted = small ? FORECAST_SETS.filter(({ name }) => name === "uci_weekly") : FORECAST_SETS.filter(({ name }) => sets === undefined || sets.split(",").includes(name))
  const work = join(folder, "forecast")
  mkdirSync(work, { recursive: true })
  const python = await step("Python with the peers", () => pythonProgram(processes, { program: "python", packages: PACKAGES }))
  if (built === undefined) await step("build the plugin", () => buildPackage(processes))
  const server = built ?? join(ROOT, ".medusa", "server")
  await processes.run({ name: "score-selftest", command: python, args: [join(SCORE, "score.py"), "--selftest"] })
  const tools = { processes, step, note, folder: work, python, server }
  const results = []
  for (const set of wanted) results.push(await measureSet(tools, set, { kinds, isKept: peers === "kept", members }))
  const isAsked = (/** @type {string} */ name) => sets === undefined || sets.split(",").includes(name)
  const simulated = isAsked("simulated") ? await measureSimulatedForecast(tools, { small }) : null
  const scale = isAsked("scale") ? await measureForecastScale({ processes, step, folder: work, cli: join(server, "src", "cli", "main.js"), counts: small ? [300, 1_000] : [1_000, 10_000, 100_000] }) : null
  return { sets: results, simulated, scale }
}

/**
 * @param {Tools & { python: string }} tools
 * @param {import("./forecast-sets.mjs").ForecastSet} set
 * @param {{ kinds: string[], isKept: boolean, members: string | undefined }} how
 */
async function measureSet(tools, set, { kinds, isKept, members }) {
  const { processes, step, folder, python } = tools
  const started = Date.now()
  const truth = join(folder, `${set.name}.csv`)
  const files = join(folder, set.name)
  mkdirSync(files, { recursive: true })
  if (!existsSync(truth)) await step(`${set.name}: prepare`, () => processes.run({ name: `prepare-${set.name}`, command: python, args: [join(SCORE, "prepare.py"), set.name, truth] }))
  for (const kind of kinds) {
    await step(`${set.name}: peers ${kind}`, () => processes.run({ name: `peers-${set.name}-${kind}`, command: python, args: [join(SCORE, "peers.py"), set.name, "--work", folder, "--peers", kind] }))
  }
  const hasPeers = kinds.length > 0 || (isKept && existsSync(join(files, "times.json")))
  const actuals = await readActuals(truth)
  const dates = [...new Set([...actuals.values()].flatMap((item) => item.dates))].sort()
  const ours = await runForecasts(tools, set, dates, "auto")
  const scores = await scoreFiles(tools, set, hasPeers ? null : [ours.periods, ours.sums])
  const run = new Set(scores.map(({ peer }) => peer))
  const recorded = (await scoresOf(join(SCORE, "scores", `${set.name}.csv`))).filter(({ peer }) => !run.has(peer))
  const losses = await lossesOf(actuals, ours.periods, ours.sums)
  agree(set, scores, losses)

  const comparisons = []
  /** @type {typeof losses.calibration} */
  let peerCalibration = {}
  const peerScores = [...scores.filter(({ peer }) => peer !== FORESIGHT), ...recorded].filter((row) => row.class === "all")
  for (const target of set.targets) {
    const ranked = peerScores.flatMap((row) => (Number(row[target.measure]) > 0 ? [{ peer: row.peer ?? "", value: Number(row[target.measure]) }] : [])).sort((a, b) => a.value - b.value)
    const best = ranked[0] ?? { peer: target.peer, value: target.best }
    const own = measureOf(losses.measures[target.measure] ?? new Map())
    const peerFiles = [join(files, `${best.peer}.csv`), join(files, `${best.peer}.sums.csv`)]
    const theirs = run.has(best.peer) ? await lossesOf(actuals, peerFiles[0] ?? "", peerFiles[1] ?? "") : null
    if (theirs && target.measure === "wql") peerCalibration = theirs.calibration
    const paired = theirs && compare(losses.measures[target.measure], theirs.measures[target.measure])
    comparisons.push({ ...target, bestPeer: best.peer, bestValue: best.value, value: own, ratio: own / best.value, paired })
  }
  const singles = members === "none" ? [] : await measureMembers(tools, set, dates, actuals, members?.split(","))
  const times = hasPeers ? JSON.parse(readFileSync(join(files, "times.json"), "utf8")) : {}
  return {
    ...{ name: set.name, title: set.title, series: actuals.size, origins: set.origins, seconds: ours.seconds, choice: ours.choice, comparisons, singles },
    scores: scores.filter(({ peer }) => peer === FORESIGHT),
    peers: peerScores.map(({ peer = "", wql, sum_wql_1, sum_wql_2, sum_wql_4, wmae, scaled_ql }) => ({ peer, wql, sum_wql_1, sum_wql_2, sum_wql_4, wmae, scaled_ql, seconds: times[peer]?.seconds ?? null })),
    peersRun: recorded.length === 0,
    calibration: losses.calibration,
    peerCalibration,
    wallSeconds: (Date.now() - started) / 1000,
  }
}

/** Models alone: what the choice is compared with, and what each would give. @param {Tools} tools @param {import("./forecast-sets.mjs").ForecastSet} set @param {readonly string[]} dates @param {import("./forecast-losses.mjs").Actuals} actuals @param {readonly string[] | undefined} wanted all unless given */
async function measureMembers(tools, set, dates, actuals, wanted) {
  const { demandModelNames } = createRequire(import.meta.url)(join(tools.server, "src", "learning", "auto-demand.js"))
  const singles = []
  for (const model of demandModelNames()) {
    if (model === "auto" || (wanted && !wanted.includes(model))) continue
    const { periods, sums, seconds } = await runForecasts(tools, set, dates, model)
    const { measures } = await lossesOf(actuals, periods, sums)
    const measure = (/** @type {string} */ name) => measureOf(measures[name] ?? new Map())
    singles.push({ model, seconds, wql: measure("wql"), sums: SUMS.map((width) => measure(`sum_wql_${width}`)) })
    rmSync(periods)
    rmSync(sums)
  }
  return singles
}

/** @param {import("./forecast-losses.mjs").Actuals} actuals @param {string} periods @param {string} sums */
async function lossesOf(actuals, periods, sums) {
  const { calibration, ...ofPeriods } = await periodLosses(actuals, rowsOf(periods))
  /** @type {Record<string, import("./forecast-losses.mjs").Losses>} */
  const measures = { ...(existsSync(sums) ? await sumLosses(actuals, rowsOf(sums)) : {}), ...ofPeriods }
  return { calibration, measures }
}

/** @param {import("./forecast-losses.mjs").Losses | undefined} ours @param {import("./forecast-losses.mjs").Losses | undefined} peer */
function compare(ours, peer) {
  if (!ours || !peer) return null
  return pairedBootstrap([...ours].map(([item, { loss, weight }]) => ({ a: loss, b: peer.get(item)?.loss ?? NaN, weight })))
}

/** The scorer's own run over our files and the peers'. @param {Tools & { python: string }} tools @param {import("./forecast-sets.mjs").ForecastSet} set @param {string[] | null} only */
async function scoreFiles({ processes, step, folder, python }, set, only) {
  const files = only ?? readdirSync(join(folder, set.name)).filter((name) => name.endsWith(".csv")).map((name) => join(folder, set.name, name))
  const out = join(folder, `${set.name}.scores.csv`)
  await step(`${set.name}: score`, () => processes.run({ name: `score-${set.name}`, command: python, args: [join(SCORE, "score.py"), join(folder, `${set.name}.csv`), ...files, "--out", out] }))
  return scoresOf(out)
}

/** @param {string} file */
async function scoresOf(file) {
  const rows = []
  for await (const row of rowsOf(file)) rows.push(row)
  return rows
}

/** The bench's own losses must be the scorer's. @param {import("./forecast-sets.mjs").ForecastSet} set @param {import("./forecast-losses.mjs").Row[]} scores @param {Awaited<ReturnType<typeof lossesOf>>} losses */
function agree(set, scores, losses) {
  const row = scores.find(({ peer, class: name }) => peer === FORESIGHT && name === "all")
  for (const measure of ["wql", "scaled_ql", ...SUMS.map((width) => `sum_wql_${width}`)]) {
    const [theirs, own] = [Number(row?.[measure]), measureOf(losses.measures[measure] ?? new Map())]
    if (!(Math.abs(theirs - own) <= 1e-4 * Math.abs(theirs))) throw new LaunchError(`${set.name}: the bench counts ${measure} ${own}, score.py ${theirs}; expected the same`)
  }
}
