// Programs of Python that benches compare with or test by: in a virtual environment of our own under ~/.cache/foresight, never in the system's.
import { existsSync, mkdirSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { findProgram } from "../../demo/launch/find-program.mjs"
import { LaunchError } from "../../demo/launch/steps.mjs"

const CACHE = join(homedir(), ".cache", "foresight")
const FOLDER = join(CACHE, "python")
const BIN = join(FOLDER, process.platform === "win32" ? "Scripts" : "bin")

/**
 * @param {import("../../demo/launch/processes.mjs").Processes} processes
 * @param {{ program: string, packages: string[] }} wish `packages` bring the program, each as `name==version`
 * @returns {Promise<string>} its whole path
 * @throws LaunchError without Python, or where pip could not install
 */
export async function pythonProgram(processes, { program, packages }) {
  const python = join(BIN, "python")
  if (!existsSync(python)) {
    const system = findProgram("python3") ?? findProgram("python")
    if (!system) throw new LaunchError("no Python was found", "Install Python 3.10 or later with its module venv.")
    mkdirSync(CACHE, { recursive: true })
    await processes.run({ name: "python-venv", command: system, args: ["-m", "venv", FOLDER], advice: "Install Python's module venv (Debian: python3-venv)." })
  }
  await processes.run({ name: "pip-install", command: python, args: ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages], advice: "Is PyPI reachable?" })
  return join(BIN, program)
}
