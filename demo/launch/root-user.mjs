// Postgres refuses to run as root: as whom it runs then, and where that user can reach its files.
import { execFileSync, spawnSync } from "node:child_process"
import { LaunchError } from "./steps.mjs"

/** @typedef {{ uid?: number, gid?: number }} Identity empty: run as ourselves */

/** @returns {Identity} `postgres` or `nobody` when we are root */
export function serverIdentity() {
  if (process.getuid?.() !== 0) return {}
  for (const name of ["postgres", "nobody"]) {
    try {
      const id = (/** @type {string} */ flag) => Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }))
      return { uid: id("-u"), gid: id("-g") }
    } catch {
      continue // no such user here
    }
  }
  throw new LaunchError("Postgres does not run as root, and this machine has neither a user postgres nor a user nobody", "Add one (useradd postgres), start as another user, or give DATABASE_URL.")
}

/**
 * @param {string} path
 * @param {Identity} identity
 * @returns {boolean} whether that user can go there; parents of mode 0700 stop it
 */
export function canReach(path, identity) {
  if (identity.uid === undefined) return true
  return spawnSync("/bin/sh", ["-c", 'cd -- "$0"', path], { ...identity, stdio: "ignore", cwd: "/" }).status === 0
}
