// How npm is called: its own JavaScript file, run by this very Node, so that no shell and no second Node comes between.
import { existsSync, realpathSync } from "node:fs"
import { dirname, join } from "node:path"
import { findProgram } from "./find-program.mjs"
import { LaunchError } from "./steps.mjs"

/** @returns {string} path of npm-cli.js */
function npmCli() {
  const onPath = findProgram("npm")
  const candidates = [
    process.env.npm_execpath,
    join(dirname(process.execPath), "node_modules", "npm", "bin", "npm-cli.js"),
    join(dirname(process.execPath), "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
    onPath && realpathSync(onPath),
  ]
  const found = candidates.find((path) => path && path.endsWith("npm-cli.js") && existsSync(path))
  if (!found) throw new LaunchError("npm was not found beside this Node", "Install Node from https://nodejs.org (npm comes with it).")
  return found
}

/**
 * @param {string[]} args
 * @returns {{ command: string, args: string[], env: NodeJS.ProcessEnv }} what a child is started with
 */
export function npm(args) {
  // What npm sets for its scripts would steer the npm inside (`npm_config_…` of flags, lifecycle names).
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^npm_(lifecycle|package|command|node_execpath|execpath)/.test(key)))
  return { command: process.execPath, args: [npmCli(), ...args], env }
}
