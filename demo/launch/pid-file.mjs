// Who launched what, on disk, so that whoever comes next can stop what a killed launch left behind.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { groupLives, processStart, signalGroup } from "./process-identity.mjs"
import { LaunchError } from "./steps.mjs"

/**
 * @typedef {{ name: string, pid: number, started: string | null, stop: NodeJS.Signals, graceMs: number }} PidEntry
 * @typedef {{ owner: { pid: number, started: string | null } | null, children: PidEntry[] }} PidFile
 */

/**
 * @param {string} file
 * @returns {PidFile} children oldest first; empty where there is no file or it is damaged
 */
export function readPidFile(file) {
  try {
    const { owner, children } = JSON.parse(readFileSync(file, "utf8"))
    if (Array.isArray(children)) return { owner, children }
  } catch {
    // None yet, or cut off by a crash: nothing to go by.
  }
  return { owner: null, children: [] }
}

/**
 * @param {string} file
 * @param {PidFile} content
 */
export function writePidFile(file, content) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, JSON.stringify(content, null, 2))
  renameSync(`${file}.new`, file)
}

/** @param {{ pid: number, started: string | null }} entry whether the id still names the process that was written down */
const isAlive = (entry) => entry.started !== null && processStart(entry.pid) === entry.started

const sleep = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Asks a process group to stop, then kills it.
 * @param {Pick<PidEntry, "pid" | "stop" | "graceMs">} entry
 */
export async function stopGroup({ pid, stop, graceMs }) {
  signalGroup(pid, stop)
  const until = Date.now() + graceMs
  while (groupLives(pid) && Date.now() < until) await sleep(25)
  if (groupLives(pid)) signalGroup(pid, "SIGKILL")
}

/**
 * Stops what an earlier launch left behind, newest first; an id that now belongs to somebody else is left alone.
 * @param {string} file
 * @returns {Promise<string[]>} names of what was stopped
 * @throws LaunchError when that launch still runs
 */
export async function sweepPidFile(file) {
  const { owner, children } = readPidFile(file)
  if (owner && owner.pid !== process.pid && isAlive(owner)) {
    throw new LaunchError(`another launch in this folder still runs (process ${owner.pid})`, "Stop it with Ctrl-C in its terminal, then start again.")
  }
  const left = children.filter(isAlive).reverse()
  for (const entry of left) await stopGroup(entry)
  // The next launch may have begun meanwhile: its list is not ours to delete.
  if (readPidFile(file).owner?.pid === owner?.pid) rmSync(file, { force: true })
  return left.map(({ name }) => name)
}
