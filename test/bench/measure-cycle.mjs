// `cycle`: what a night costs, stage by stage, and how good the models are that it makes.
import { importHistory, learn } from "../../demo/launch/house.mjs"
import { ADMIN } from "../../demo/launch/shop.mjs"
import { foresight } from "../../demo/launch/store.mjs"
import { adminApi } from "../../demo/launch/storefront.mjs"
import { describeAccuracy } from "./accuracy.mjs"
import { watchMemory } from "./memory-watch.mjs"
import { table } from "./page.mjs"
import { megabytes, number } from "./spread.mjs"
import { workflowTimes } from "./workflow-steps.mjs"

/**
 * @typedef {{ name: string, seconds: number, workerBytes: number | null, childBytes: number | null }} Stage
 * @typedef {{ seconds: number, stages: Stage[] }} Night
 * @typedef {{ trained: Night, quiet: Night, workerBytes: number | null, counts: Record<string, number>, models: any[] }} CycleResult
 */

/** @param {import("./world.mjs").World} world @returns {Promise<CycleResult>} */
export const measureCycle = (world) =>
  world.withHouse(async (house) => {
    await importHistory(house, house.asOf)
    const memory = watchMemory(house.worker.pid)
    try {
      await learn(house)
      const trained = await nightOf(house, memory)
      const command = foresight(house.store, ["run", "nightly", "--train", "none", "--json"])
      await house.step("a quiet night", () => house.processes.run({ name: "quiet-night", ...command }))
      const quiet = await nightOf(house, memory)
      const admin = await adminApi(house.url, ADMIN)
      const { models } = await admin.call("GET", "/admin/foresight/models?limit=200")
      return { trained, quiet, workerBytes: memory.peak(), counts: await countRows(house), models }
    } finally {
      memory.stop()
    }
  })

/**
 * @param {import("./world.mjs").BenchHouse} house
 * @param {import("./memory-watch.mjs").MemoryWatch} memory
 * @returns {Promise<Night>} of the latest cycle
 */
async function nightOf({ temporal, database }, memory) {
  const { from, to, steps } = await workflowTimes(temporal, `foresight/${database}/nightly`)
  const stages = steps.map((step) => {
    const { own, children } = memory.peakBetween(step.from, step.to)
    const kind = step.name === "train-model" ? ` ${step.workflowId?.split("/").at(-1)}` : ""
    return { name: `${step.name}${kind}`, seconds: (step.to - step.from) / 1000, workerBytes: own, childBytes: children }
  })
  return { seconds: (to - from) / 1000, stages: stages.filter(({ name }) => name !== "modelsDue") }
}

/** @param {import("./world.mjs").BenchHouse} house @returns {Promise<Record<string, number>>} */
async function countRows({ postgres, database }) {
  const [row] = await postgres.rows(
    database,
    `select (select count(*)::int from foresight.event) as events,
            (select count(*)::int from foresight.demand_day) as "days of demand",
            (select count(distinct (variant_id, location_id))::int from foresight.forecast) as "series forecast",
            (select count(*)::int from foresight.advice) as advices,
            (select count(distinct product_id)::int from foresight.item_neighbour) as "products with neighbours",
            (select count(*)::int from foresight.customer_vector) as "customers with tastes"`
  )
  return row ?? {}
}

const STAGES = /** @type {Record<string, string>} */ ({
  "reconcile-shop": "reconcile-shop: walk orders, returns, stock",
  rebuildDemand: "recount days of demand",
  "train-model demand": "train-model demand",
  "train-model taste": "train-model taste",
  "train-model session": "train-model session",
  "refresh-forecasts": "refresh-forecasts",
  "refresh-advice": "refresh-advice: 1,000 futures an item",
  "refresh-recommendations": "refresh-recommendations",
})

/** @param {CycleResult} result @param {string} source @returns {string} in Markdown */
export function describeCycle({ trained, quiet, workerBytes, counts, models }, source) {
  const row = (/** @type {string} */ name, /** @type {string} */ seconds, /** @type {Stage[]} */ stages) => {
    const child = most(stages.map(({ childBytes }) => childBytes))
    return [name, seconds, megabytes(most(stages.map((stage) => stage.workerBytes))), child === null ? "–" : megabytes(child)]
  }
  const rows = (/** @type {Night} */ { seconds, stages }, /** @type {string} */ name) => [
    ...stages.map((stage) => row(STAGES[stage.name] ?? stage.name, number(stage.seconds, 1), [stage])),
    row(`**${name}**`, `**${number(seconds, 1)}**`, stages),
  ]
  const header = ["stage", "seconds", "worker, peak", "training process, peak"]
  return [
    `Source: ${source}; afterwards ${Object.entries(counts).map(([name, count]) => `${number(count)} ${name}`).join(", ")}.`,
    [
      "Protocol: the history is imported, then `foresight run nightly --train all`, then once more with `--train none`, a night on which nothing is due.",
      "One run, seed 42. Seconds from Temporal's history; the totals hold the waiting between steps too.",
      "Memory is resident memory, of the worker from /proc every 100 ms;",
      `of the training process, which lives for one job and computes ${backends(models)}, the kernel's own peak.`,
      `The worker's over all: ${megabytes(workerBytes)}.`,
    ].join(" "),
    table(header, rows(trained, "the night with all trainings")),
    table(header, rows(quiet, "a night without training")),
    describeAccuracy(models, source),
  ].join("\n\n")
}

/** @param {(number | null)[]} values */
const most = (values) => values.reduce((a, b) => (b === null || (a !== null && a > b) ? a : b), null)

/** @param {any[]} models */
const backends = (models) => {
  const names = [...new Set(models.filter(({ kind }) => kind === "demand").map(({ backend }) => backend))]
  return names.length > 0 ? `on ${names.join(", ")}` : "nothing"
}
