// Resident memory of a process and of everything it starts, sampled from /proc while it works.
import { readFileSync, readdirSync } from "node:fs"

const EVERY_MS = 100

/**
 * @typedef {{ at: number, pid: number, bytes: number }} Sample `at`: ms since 1970
 * @typedef {object} MemoryWatch
 * @property {(from: number, to: number) => { own: number | null, children: number | null }} peakBetween bytes: the most the process had
 *   at a sample, and the most one of its children ever had (the kernel's own peak) of those seen in that time
 * @property {() => number | null} peak bytes: the most the process itself ever had, by the kernel's account
 * @property {() => void} stop
 */

/** @param {number} pid @returns {{ now: number, most: number } | null} bytes; null where the process is gone or the system has no /proc */
function memoryOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8")
    const kilobytes = (/** @type {string} */ name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? NaN)
    const [now, most] = [kilobytes("VmRSS"), kilobytes("VmHWM")]
    return Number.isFinite(now) && Number.isFinite(most) ? { now: now * 1024, most: most * 1024 } : null
  } catch {
    return null
  }
}

/** @param {number} pid @returns {number[]} direct children, whichever thread started them */
function childrenOf(pid) {
  try {
    const lists = readdirSync(`/proc/${pid}/task`).map((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8"))
    return lists.flatMap((list) => list.split(" ").filter(Boolean).map(Number))
  } catch {
    return []
  }
}

/** @param {number} pid @returns {number[]} */
const descendantsOf = (pid) => childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)])

/** @param {number} pid @returns {MemoryWatch} */
export function watchMemory(pid) {
  /** @type {Sample[]} */
  const own = []
  /** @type {Map<number, { from: number, to: number, most: number }>} */
  const children = new Map()
  let most = /** @type {number | null} */ (null)

  const look = () => {
    const at = Date.now()
    const mine = memoryOf(pid)
    if (mine) {
      own.push({ at, pid, bytes: mine.now })
      most = mine.most
    }
    for (const child of descendantsOf(pid)) {
      const memory = memoryOf(child)
      if (!memory) continue
      const seen = children.get(child)
      children.set(child, { from: seen?.from ?? at, to: at, most: Math.max(memory.most, seen?.most ?? 0) })
    }
  }
  look()
  const timer = setInterval(look, EVERY_MS)
  const largest = (/** @type {number[]} */ values) => (values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b)))
  return {
    peakBetween: (from, to) => ({
      own: largest(own.filter(({ at }) => at >= from - EVERY_MS && at <= to + EVERY_MS).map(({ bytes }) => bytes)),
      children: largest([...children.values()].filter((child) => child.from <= to && child.to >= from).map((child) => child.most)),
    }),
    peak() {
      look()
      return most
    },
    stop: () => clearInterval(timer),
  }
}
