// The plugin itself: dependencies installed, built, packed – each only where its inputs changed.
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { fingerprint, outline } from "./fingerprint.mjs"
import { npm } from "./npm.mjs"
import { LaunchError } from "./steps.mjs"

/** The repository's root. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "")

/** What `.medusa/server` is made from. */
const BUILD_INPUTS = ["package.json", "package-lock.json", "tsconfig.json", "tsconfig.kit.json", "scripts", "src", "workflows", "activities", "admin-extensions", "demo/simulator"]

/** @throws LaunchError on a Node that is too old */
export function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number)
  if (Number(major) < 20 || (Number(major) === 20 && Number(minor) < 19)) throw new LaunchError(`Node ${process.versions.node} is too old; expected 20.19 or later`, "Install Node 24 from https://nodejs.org.")
}

/** @returns {boolean} whether node_modules holds what package-lock.json names */
function isInstalled() {
  const hidden = join(ROOT, "node_modules", ".package-lock.json")
  if (!existsSync(hidden)) return false
  const wanted = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")).packages
  const present = JSON.parse(readFileSync(hidden, "utf8")).packages
  return Object.entries(wanted).every(([path, { version, optional, devOptional, peer }]) => path === "" || present[path]?.version === version || (!present[path] && Boolean(optional || devOptional || peer)))
}

/** @param {import("./processes.mjs").Processes} processes @returns {Promise<boolean>} whether anything was installed */
export async function installDependencies(processes) {
  if (isInstalled()) return false
  await processes.run({ name: "npm-ci", ...npm(["ci", "--no-audit", "--no-fund", "--prefer-offline"]), cwd: ROOT, advice: `Is the npm registry reachable? The whole log: ${join(processes.folder, "logs", "npm-ci.log")}` })
  return true
}

/** @param {import("./processes.mjs").Processes} processes @returns {Promise<boolean>} whether anything was built */
export async function buildPackage(processes) {
  const out = join(ROOT, ".medusa", "server")
  const marker = join(ROOT, ".medusa", "built-from")
  const inputs = fingerprint(ROOT, BUILD_INPUTS)
  const isCurrent = () => existsSync(marker) && existsSync(out) && readFileSync(marker, "utf8") === `${inputs} ${outline(out)}`
  if (isCurrent()) return false
  rmSync(marker, { force: true })
  await processes.run({ name: "build", ...npm(["run", "build"]), cwd: ROOT })
  writeFileSync(marker, `${inputs} ${outline(out)}`)
  return true
}

/**
 * `npm pack`. The file is named after its content: npm takes a tarball of the same name and version for the one it has.
 * @param {import("./processes.mjs").Processes} processes
 * @returns {Promise<{ tarball: string, key: string }>}
 */
export async function packPackage(processes) {
  const folder = join(processes.folder, "package")
  const key = fingerprint(ROOT, ["package.json", "README.md", "CHANGELOG.md", "docs/openapi.json"], [outline(join(ROOT, ".medusa", "server")), readFileSync(join(ROOT, ".medusa", "built-from"), "utf8")])
  const tarball = join(folder, `medusa-plugin-foresight-${key}.tgz`)
  if (existsSync(tarball)) return { tarball, key }
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await processes.run({ name: "npm-pack", ...npm(["pack", "--ignore-scripts", "--pack-destination", folder]), cwd: ROOT })
  const [packed] = readdirSync(folder)
  if (!packed) throw new LaunchError("npm pack left no file", `The whole log: ${join(processes.folder, "logs", "npm-pack.log")}`)
  renameSync(join(folder, packed), tarball)
  return { tarball, key }
}
