// Whether something has to be made again: a hash over the files it is made from.
import { createHash } from "node:crypto"
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join, relative } from "node:path"

const SKIPPED = new Set(["node_modules", ".git", ".foresight", ".cache"])

/** @param {string} path @returns {string[]} files under it, sorted; links are not followed */
function filesUnder(path) {
  const info = statSync(path, { throwIfNoEntry: false })
  if (!info) return []
  if (info.isFile()) return [path]
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !SKIPPED.has(entry.name) && !entry.isSymbolicLink())
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(path, entry.name)) : [join(path, entry.name)]))
}

/**
 * @param {string} root
 * @param {string[]} paths files and folders below it; a missing one counts as empty
 * @param {string[]} [extra] values that matter as well
 * @returns {string} hexadecimal, 16 digits
 */
export function fingerprint(root, paths, extra = []) {
  const hash = createHash("sha256")
  for (const file of paths.flatMap((path) => filesUnder(join(root, path)))) hash.update(`${relative(root, file)}\0`).update(readFileSync(file)).update("\0")
  for (const value of extra) hash.update(`${value}\0`)
  return hash.digest("hex").slice(0, 16)
}

/**
 * The same by names and sizes only, for large outputs.
 * @param {string} folder
 */
export function outline(folder) {
  const hash = createHash("sha256")
  for (const file of filesUnder(folder)) hash.update(`${relative(folder, file)}\0${statSync(file).size}\0`)
  return hash.digest("hex").slice(0, 16)
}
