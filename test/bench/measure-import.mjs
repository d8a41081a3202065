// `import`: how many lines a second a history becomes events and demand, and what a second import of the same file costs.
import { rmSync } from "node:fs"
import { join } from "node:path"
import { importHistory } from "../../demo/launch/house.mjs"
import { openState } from "../../demo/launch/state.mjs"
import { foresight } from "../../demo/launch/store.mjs"
import { watchMemory } from "./memory-watch.mjs"
import { table } from "./page.mjs"
import { megabytes, number, told } from "./spread.mjs"
import { secondsOf, workflowTimes } from "./workflow-steps.mjs"

/**
 * @typedef {object} ImportRepeat
 * @property {number} parseSeconds a dry run: read, parse and judge, nothing written
 * @property {number} seconds the whole command
 * @property {Record<string, number>} stages seconds
 * @property {number} againSeconds the same command once more
 * @property {number} againDuplicates
 * @property {number} events rows after the first import
 * @property {number} eventsAfterAgain
 * @property {number | null} workerBytes
 *
 * @typedef {{ lines: number, kept: number, refused: number, excluded: Record<string, number>, shift: boolean, repeats: ImportRepeat[] }} ImportResult
 */

/**
 * @param {import("./world.mjs").World} world
 * @param {{ repeats: number }} how
 * @returns {Promise<ImportResult>}
 */
export async function measureImport(world, { repeats }) {
  /** @type {ImportResult | null} */
  let result = null
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    result = await world.withHouse(async (house) => {
      const { measured, ...file } = await importOnce(house)
      return { ...file, repeats: [...(result?.repeats ?? []), measured] }
    })
  }
  return /** @type {ImportResult} */ (result)
}

/** @param {import("./world.mjs").BenchHouse} house */
async function importOnce(house) {
  const [file] = house.prepared.imports
  if (!file) throw new Error("the shop has no file to import")
  const parseFrom = performance.now()
  const command = foresight(house.store, ["import", file.path, "--dry-run", "--json", "--report", join(house.processes.folder, "dry-run.refused.csv")])
  await house.step("parse only", () => house.processes.run({ name: "import-dry-run", ...command }))
  const parseSeconds = (performance.now() - parseFrom) / 1000

  const memory = watchMemory(house.worker.pid)
  const first = await clocked(house, file, "first.json")
  const workerBytes = memory.peak()
  memory.stop()
  const { from, steps } = await workflowTimes(house.temporal, `foresight/${house.database}/import-history/${first.answer.import_id}`)
  const known = {
    "read once, stage by COPY": (from - first.from) / 1000,
    "look names up, match cancellations": secondsOf(steps, "judgeStagedLines"),
    "insert as events": secondsOf(steps, "insertNextLines"),
    "count demand": secondsOf(steps, "rebuildDemand"),
  }
  const rest = first.seconds - Object.values(known).reduce((sum, seconds) => sum + seconds, 0)
  const events = await countEvents(house)
  const again = await clocked(house, file, "again.json")
  const { lines_read: lines, lines_kept: kept, lines_refused: refused, excluded } = first.answer
  return {
    ...{ lines, kept, refused, excluded, shift: file.shift },
    measured: {
      ...{ parseSeconds, seconds: first.seconds, stages: { ...known, "start, waiting, report": rest } },
      ...{ againSeconds: again.seconds, againDuplicates: again.answer.lines_duplicate, events, eventsAfterAgain: await countEvents(house), workerBytes },
    },
  }
}

/**
 * The demo's own import, with nothing noted beside it, so that it runs again.
 * @param {import("./world.mjs").BenchHouse} house
 * @param {import("../../demo/launch/shop.mjs").PreparedShop["imports"][number]} file
 * @param {string} notes
 */
async function clocked(house, file, notes) {
  const path = join(house.processes.folder, notes)
  rmSync(path, { force: true })
  const data = openState(path)
  const from = Date.now()
  const started = performance.now()
  await importHistory({ ...house, data, prepared: { ...house.prepared, imports: [file] } }, house.asOf)
  const seconds = (performance.now() - started) / 1000
  const { answer } = /** @type {{ answer: any }} */ (data.get(`imported ${file.name}`))
  return { from, seconds, answer }
}

/** @param {import("./world.mjs").BenchHouse} house @returns {Promise<number>} */
async function countEvents({ postgres, database }) {
  const [row] = await postgres.rows(database, "select count(*)::int as count from foresight.event")
  return row?.count
}

/** @param {ImportResult} result @param {string} source @returns {string} in Markdown */
export function describeImport({ lines, kept, refused, excluded, shift, repeats }, source) {
  const column = (/** @type {(repeat: ImportRepeat) => number} */ of) => repeats.map(of)
  const rate = (/** @type {number} */ seconds) => lines / seconds
  const row = (/** @type {string} */ name, /** @type {number[]} */ seconds, rated = true) => [name, told(seconds, 1), rated ? told(seconds.map(rate)) : ""]
  const stages = Object.keys(repeats[0]?.stages ?? {})
  const excludedLines = Object.entries(excluded).map(([reason, count]) => `${reason} ${number(count)}`)
  const [first] = repeats
  const again = repeats.some(({ events, eventsAfterAgain }) => events !== eventsAfterAgain)
    ? `**changed the number of rows** (${repeats.map(({ events, eventsAfterAgain }) => `${events} → ${eventsAfterAgain}`).join(", ")}): a fault`
    : `doubles nothing: ${number(first?.events ?? 0)} rows before and after, ${number(first?.againDuplicates ?? 0)} lines known`
  const workerBytes = repeats.flatMap(({ workerBytes: bytes }) => (bytes === null ? [] : [bytes]))
  return [
    [
      `Source: ${source}. ${number(lines)} lines, ${number(kept)} kept, ${number(refused)} refused.`,
      `Kept but not counted as demand: ${excludedLines.join(", ") || "none"}.`,
    ].join(" "),
    [
      "Protocol: `foresight import FILE` into a copy of a database that holds the shop's products and customers and no history;",
      repeats.length === 1 ? "once." : `${repeats.length} times, each on a copy of its own.`,
      "The clock runs from the command's start to its exit: Node's start and reading the store's configuration are in it.",
      ...(shift ? ["Its dates are moved by whole weeks when its lines become events: the file is read once."] : []),
      "Stages from the workflow's history.",
    ].join(" "),
    table(
      ["", "seconds", "lines/s"],
      [
        row("**whole import**", column(({ seconds }) => seconds)),
        ...stages.map((stage) => row(`– ${stage}`, column(({ stages: all }) => all[stage] ?? 0), false)),
        row("dry run: read, parse and judge only", column(({ parseSeconds }) => parseSeconds)),
        row("the same file again", column(({ againSeconds }) => againSeconds)),
      ]
    ),
    `Importing again ${again}. Peak memory of the worker: ${megabytes(workerBytes.length > 0 ? Math.max(...workerBytes) : null)}.`,
    [
      "For comparison (the project's own trials with bare tables of 100,000 rows, two shared cores):",
      "COPY 171,000 rows/s, `INSERT … SELECT FROM unnest` 57,000, TypeORM's `repository.insert` 19,000.",
      "gorse 0.5.0 takes feedback at 28,000/s in batches of 5,000 over HTTP:",
      "one table, without keys of lines, cancellations to match, products to look up or demand to count.",
    ].join(" "),
  ].join("\n\n")
}
