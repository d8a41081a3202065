#!/usr/bin/env node
// `npm test [-- PROJECT… [jest arguments]]`: installs, lints, builds, starts what the tests need, runs them, ends with one line of totals.
import { randomBytes } from "node:crypto"
import { mkdirSync, writeFileSync } from "node:fs"
import { availableParallelism } from "node:os"
import { join } from "node:path"
import { findChromium } from "../demo/launch/chromium.mjs"
import { npm } from "../demo/launch/npm.mjs"
import { ROOT, buildPackage, checkNode, installDependencies } from "../demo/launch/package-build.mjs"
import { startPostgres } from "../demo/launch/postgres.mjs"
import { createProcesses } from "../demo/launch/processes.mjs"
import { LaunchError, createSteps, describeFailure } from "../demo/launch/steps.mjs"
import { startTemporal } from "../demo/launch/temporal.mjs"
import { temporalProgram } from "../demo/launch/temporal-program.mjs"
import { runJest, sum } from "./support/jest-phase.mjs"
import { prepareTestStore } from "./support/test-store.mjs"

const ALL = ["unit", "contracts", "modules", "http", "workflows", "browser"]
const NEEDS = {
  build: ["modules", "http", "workflows", "browser"],
  postgres: ["modules", "http", "workflows", "browser"],
  temporal: ["modules", "http", "workflows", "browser"],
  store: ["http", "browser"],
  chromium: ["browser"],
}

/** @param {string[]} args @returns {{ projects: string[], more: string[] }} */
function readArguments(args) {
  const end = args.findIndex((arg) => !ALL.includes(arg))
  const named = end < 0 ? args : args.slice(0, end)
  const more = end < 0 ? [] : args.slice(end)
  if (more[0] !== undefined && named.length === 0 && !more[0].startsWith("-")) {
    process.stderr.write(`unknown project ${JSON.stringify(more[0])}; expected one of ${ALL.join(", ")}\n`)
    process.exit(2)
  }
  return { projects: named.length > 0 ? named : ALL, more }
}

const { projects, more } = readArguments(process.argv.slice(2))
const needs = (/** @type {keyof typeof NEEDS} */ what) => projects.some((project) => NEEDS[what].includes(project))
const folder = join(ROOT, ".foresight", "test")
const processes = createProcesses({ folder })
processes.stopWithUs()
const { step } = createSteps()
/** @type {import("./support/jest-phase.mjs").Totals[]} */
const totals = []

/** @param {string[]} wanted @param {NodeJS.ProcessEnv} env @param {number} [workers] */
async function phase(wanted, env, workers = availableParallelism()) {
  const selected = wanted.filter((project) => projects.includes(project))
  if (selected.length === 0) return
  await step(`tests: ${selected.join(", ")}`, async ({ result }) => {
    const figures = await runJest({ processes, root: ROOT, projects: selected, env, workers, more })
    totals.push(figures)
    result(`${figures.passed} passed, ${figures.failed} failed, ${figures.skipped} skipped`)
  })
}

async function lint() {
  await step("lint", async ({ result }) => {
    try {
      await processes.run({ name: "lint", ...npm(["run", "--silent", "lint"]), cwd: ROOT })
    } catch (error) {
      process.stdout.write(`${describeFailure(error)}\n`)
      totals.push({ passed: 0, failed: 1, skipped: 0 })
      result("FAILED")
    }
  })
}

async function main() {
  checkNode()
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(ROOT, ".foresight", ".gitignore"), "*\n")
  const swept = await processes.sweep()
  if (swept.length > 0) process.stderr.write(`stopped what an earlier run left: ${swept.join(", ")}\n`)

  // Building the Temporal server takes minutes the first time on a machine, so it begins at once and beside everything else.
  const program = needs("temporal") && !process.env.TEMPORAL_ADDRESS ? step("Temporal program", ({ say }) => temporalProgram({ processes, say })) : Promise.resolve(null)
  program.catch(() => {}) // reported where it is awaited
  await step("dependencies", async ({ result }) => result((await installDependencies(processes)) ? "installed" : "present"))
  if (needs("build")) await step("build", async ({ result }) => result((await buildPackage(processes)) ? "built" : "unchanged"))

  const env = { ...process.env }
  const quick = phase(["unit", "contracts"], env)
  quick.catch(() => {})

  const id = `foresight_test_${randomBytes(4).toString("hex")}`
  if (needs("postgres")) {
    const postgres = await step("Postgres", async ({ result }) => {
      const server = await startPostgres({ processes, throwaway: true })
      result(server.source)
      return server
    })
    env.TEST_DATABASE_URL = postgres.urlOf("postgres")
    const temporal = await step("Temporal", async ({ result }) => {
      const server = await startTemporal({ processes, namespace: id, program: await program, inMemory: true })
      result(server.source)
      return server
    })
    env.TEMPORAL_ADDRESS = temporal.address
    env.TEST_TEMPORAL_NAMESPACE = temporal.namespace
    if (needs("chromium")) {
      const chromium = await step("Chromium", async ({ result }) => {
        const found = await findChromium()
        result(found.source)
        return found
      })
      env.CHROMIUM_PATH = chromium.executablePath
      env.CHROMIUM_ARGS = JSON.stringify(chromium.args)
    }
    if (needs("store")) Object.assign(env, await prepareTestStore({ processes, step, postgres, temporal, database: `${id}_store` }))
    await quick
    await phase(["modules", "workflows"], env)
    // one store: its suites run one after another and leave a core to the linters
    await Promise.all([phase(["http"], env, 1), projects.length === ALL.length ? lint() : null])
    await phase(["browser"], env, 1)
    for (const name of [`${id}_store`]) await postgres.dropDatabase(name).catch(() => {})
  }
  await quick
}

try {
  await main()
} catch (error) {
  process.stdout.write(`${describeFailure(error)}\n`)
  totals.push({ passed: 0, failed: 1, skipped: 0 })
  if (!(error instanceof LaunchError)) process.stdout.write("This is a fault of test/run.mjs itself.\n")
}
await processes.stopAll()
const { passed, failed, skipped } = sum(totals)
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`)
process.exit(failed > 0 ? 1 : 0)
