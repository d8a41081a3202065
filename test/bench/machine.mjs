// Where and what was measured: without it a figure says nothing.
import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { availableParallelism, cpus, loadavg, platform, release, totalmem } from "node:os"
import { ROOT } from "../../demo/launch/package-build.mjs"
import { number, quantile } from "./spread.mjs"

/** Load above which other work takes part of the two cores. */
const BUSY = 1.5

/**
 * @typedef {object} Circumstances
 * @property {string} at ISO 8601
 * @property {string} commit
 * @property {number} cores
 * @property {string} processor
 * @property {number} memoryBytes
 * @property {string} system
 * @property {string} node
 * @property {string} [postgres] absent where the bench needs no server
 * @property {string} [temporal]
 * @property {number} load one-minute average when the bench began, before its own work
 * @property {number[]} pace what one core hashed before and after, MB/s
 */

const PACE_BYTES = 1 << 26
const PACE_ROUNDS = 7

/**
 * How fast one core is now: SHA-256 of 64 MB of memory, the median of seven. A lent machine shares its host with others, whom its own load does not show:
 * the same import took 10.4 and 16.3 s within the hour.
 * @returns {number} MB/s
 */
export function pace() {
  const bytes = Buffer.alloc(PACE_BYTES, 1)
  const rates = Array.from({ length: PACE_ROUNDS }, () => {
    const started = performance.now()
    createHash("sha256").update(bytes).digest()
    return PACE_BYTES / 1e3 / (performance.now() - started)
  })
  return quantile(rates, 0.5)
}

/** @param {string[]} args */
function git(args) {
  try {
    return execFileSync("git", args, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim()
  } catch {
    return null // a folder without its repository
  }
}

function commit() {
  const head = git(["rev-parse", "--short=10", "HEAD"])
  if (head === null) return "unknown"
  // The page this bench writes is no change of what was measured.
  return git(["status", "--porcelain", "--", ".", ":!docs/benchmarks.md"]) ? `${head} with uncommitted changes` : head
}

/** One-minute load average; 0 where the system has none. */
export const loadNow = () => loadavg()[0] ?? 0

/**
 * @param {{ postgres?: string, temporal?: string, load: number }} servers
 * @returns {Circumstances}
 */
export function circumstances({ postgres, temporal, load }) {
  return {
    at: new Date().toISOString(),
    commit: commit(),
    cores: availableParallelism(),
    processor: (cpus()[0]?.model ?? "unknown processor").replace(/\s+/g, " ").trim(),
    memoryBytes: totalmem(),
    system: `${platform()} ${release()}`,
    node: process.version,
    ...(postgres !== undefined && { postgres }),
    ...(temporal !== undefined && { temporal }),
    load,
    pace: [pace()],
  }
}

/** @param {Circumstances} circumstances @returns {string} in Markdown */
export function describeCircumstances({ at, commit, cores, processor, memoryBytes, system, node, postgres, temporal, load, pace: paces }) {
  const computer = `${cores} cores (${processor}), ${number(memoryBytes / 2 ** 30)} GB, ${system}, Node ${node.slice(1)}`
  const servers = postgres === undefined ? "" : ` Postgres: ${postgres}. Temporal: ${temporal}.`
  const lines = [
    `_${at.slice(0, 16).replace("T", " ")} UTC, commit ${commit}. ${computer}.${servers} Load before the start: ${number(load, 1)}. One core hashed ${paces.map((rate) => number(rate)).join(" MB/s before, ")} MB/s after._`,
  ]
  if (load > BUSY) {
    lines.push(`**The machine was busy with other work (load ${number(load, 1)} on ${cores} cores before the start): times are too long, rates too low.**`)
  }
  return lines.join("\n\n")
}
