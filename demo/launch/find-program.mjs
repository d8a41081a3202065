// Looks a program up on the PATH, without running a shell.
import { accessSync, constants, statSync } from "node:fs"
import { delimiter, join } from "node:path"

/**
 * @param {string} name
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string | null} the whole path
 */
export function findProgram(name, environment = process.env) {
  const endings = process.platform === "win32" ? [".exe", ".cmd", ""] : [""]
  for (const folder of (environment.PATH ?? environment.Path ?? "").split(delimiter).filter(Boolean)) {
    for (const ending of endings) {
      const path = join(folder, name + ending)
      try {
        accessSync(path, constants.X_OK)
        if (statSync(path).isFile()) return path
      } catch {
        continue // not here
      }
    }
  }
  return null
}
