// Whether a process id still names the process we started: ids are used again, so the start time is compared too.
import { execFileSync } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"

/**
 * @param {number} pid
 * @returns {string | null} when the process started, in whatever unit the platform has; null where there is no such process
 */
export function processStart(pid) {
  try {
    if (process.platform === "linux") {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
      // The name in parentheses may hold spaces: fields are counted after the last one. Field 3 is the state, 22 the start in clock ticks.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
      return fields[0] === "Z" ? null : (fields[19] ?? null)
    }
    if (process.platform === "win32") {
      return execFileSync("powershell", ["-NoProfile", "-Command", `(Get-Process -Id ${pid}).StartTime.Ticks`], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim() || null
    }
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim() || null
  } catch {
    return null // no such process
  }
}

/**
 * Sends a signal to a process and all it started.
 * @param {number} pid leader of its process group
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(pid, signal) {
  try {
    if (process.platform === "win32") execFileSync("taskkill", ["/pid", String(pid), "/T", ...(signal === "SIGKILL" ? ["/F"] : [])], { stdio: "ignore" })
    else process.kill(-pid, signal)
  } catch {
    // Gone already: that is what was wanted.
  }
}

/** @param {number} group whether /proc shows a member that is not a zombie; where nobody reaps orphans, zombies keep a group alive for ever */
function hasLivingMember(group) {
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8")
      const [state, , processGroup] = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
      if (Number(processGroup) === group && state !== "Z") return true
    } catch {
      continue // ended while we looked
    }
  }
  return false
}

/**
 * @param {number} pid leader of a process group
 * @returns {boolean} whether anybody of the group lives
 */
export function groupLives(pid) {
  try {
    if (process.platform === "win32") process.kill(pid, 0)
    else process.kill(-pid, 0)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EPERM") return false
  }
  return process.platform !== "linux" || processStart(pid) !== null || hasLivingMember(pid)
}
