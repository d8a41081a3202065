// One jest process over some projects; its figures come from jest's own JSON.
import { readFileSync, rmSync } from "node:fs"
import { join } from "node:path"

/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */

/** @param {Totals[]} all @returns {Totals} */
export const sum = (all) => all.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }), { passed: 0, failed: 0, skipped: 0 })

/**
 * @param {object} phase
 * @param {import("../../demo/launch/processes.mjs").Processes} phase.processes
 * @param {string} phase.root
 * @param {string[]} phase.projects
 * @param {NodeJS.ProcessEnv} phase.env
 * @param {number} phase.workers
 * @param {string[]} phase.more further arguments for jest
 * @returns {Promise<Totals>} a suite that could not run counts as one failed test, and so does jest when it ends without a report
 */
export async function runJest({ processes, root, projects, env, workers, more }) {
  const report = join(processes.folder, `jest-${projects.join("-")}.json`)
  rmSync(report, { force: true })
  const child = processes.start({
    name: `jest-${projects.join("-")}`,
    command: process.execPath,
    args: [
      ...["--experimental-vm-modules", "--no-warnings", join(root, "node_modules", "jest", "bin", "jest.js"), "--config", join(root, "jest.config.cjs")],
      ...["--selectProjects", ...projects, "--maxWorkers", String(workers), "--passWithNoTests", "--verbose", "--json", "--outputFile", report, ...more],
    ],
    cwd: root,
    env: { ...env, NODE_OPTIONS: `${env.NODE_OPTIONS ?? ""} --experimental-vm-modules --no-warnings`.trim() },
  })
  const { code } = await child.exited
  await child.stop()
  process.stdout.write(jestOutput(child.logFile))
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, "utf8"))
    const failed = numFailedTests + numRuntimeErrorTestSuites
    return { passed: numPassedTests, failed: code === 0 ? failed : Math.max(1, failed), skipped: numPendingTests + numTodoTests }
  } catch {
    process.stdout.write(`jest (${projects.join(", ")}) ended with ${code} and left no report\n`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

/** @param {string} logFile what jest printed, without the JSON it repeats on stdout */
function jestOutput(logFile) {
  return readFileSync(logFile, "utf8")
    .split("\n")
    .filter((line) => !line.startsWith('{"numFailedTestSuites"') && !line.startsWith("Test results written to:"))
    .join("\n")
}
