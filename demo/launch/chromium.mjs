// A browser for tests and pictures: an installed Chrome or Chromium, else the one inside the npm package @sparticuz/chromium.
import { existsSync } from "node:fs"
import { findProgram } from "./find-program.mjs"
import { LaunchError } from "./steps.mjs"

const NAMES = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome"]
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
]

/**
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<{ executablePath: string, args: string[], source: string }>} what Playwright's `chromium.launch` takes
 * @throws LaunchError
 */
export async function findChromium(environment = process.env) {
  const given = environment.CHROMIUM_PATH
  if (given && !existsSync(given)) throw new LaunchError(`CHROMIUM_PATH is ${JSON.stringify(given)}, where there is no file`, "Correct it, or unset it: an installed browser or the one from npm is used then.")
  const installed = given ?? NAMES.map((name) => findProgram(name, environment)).find(Boolean) ?? PLACES.find((path) => existsSync(path))
  if (installed) return { executablePath: installed, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [], source: installed }
  try {
    const { default: chromium } = await import("@sparticuz/chromium")
    return { executablePath: await chromium.executablePath(), args: chromium.args, source: "@sparticuz/chromium" }
  } catch (error) {
    throw new LaunchError(`no Chrome or Chromium was found, and @sparticuz/chromium does not work here: ${error instanceof Error ? error.message : error}`, "Install Chromium, or give CHROMIUM_PATH.")
  }
}
