// The `temporal` program: on the PATH, else in ~/.cache/foresight, else built by Go, else downloaded.
import { spawnSync } from "node:child_process"
import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { findProgram } from "./find-program.mjs"
import { LaunchError } from "./steps.mjs"

/** v1.6.0 and later carry `replace` directives and refuse `go install`. */
const VERSION = "1.5.1"
const PROGRAM = process.platform === "win32" ? "temporal.exe" : "temporal"

/** @param {NodeJS.ProcessEnv} environment @returns {string | null} path of Go 1.25 or later */
function recentGo(environment) {
  const go = findProgram("go", environment)
  if (!go) return null
  const { stdout } = spawnSync(go, ["version"], { encoding: "utf8", env: environment })
  const [, major, minor] = /go(\d+)\.(\d+)/.exec(stdout ?? "") ?? []
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 25) ? go : null
}

/** @param {string} program */
const works = (program) => spawnSync(program, ["server", "start-dev", "--help"], { stdio: "ignore", timeout: 120_000 }).status === 0

/** @param {string} folder @param {(text: string) => void} say */
async function download(folder, say) {
  const platform = { darwin: "darwin", linux: "linux", win32: "windows" }[/** @type {"linux"} */ (process.platform)]
  const architecture = { x64: "amd64", arm64: "arm64" }[/** @type {"x64"} */ (process.arch)]
  const problems = []
  if (!platform || !architecture) throw new LaunchError(`Temporal publishes no program for ${process.platform} ${process.arch}`, "Give TEMPORAL_ADDRESS of a server you have.")
  const ending = platform === "windows" ? "zip" : "tar.gz"
  for (const url of [
    `https://temporal.download/cli/archive/v${VERSION}?platform=${platform}&arch=${architecture}`,
    `https://github.com/temporalio/cli/releases/download/v${VERSION}/temporal_cli_${VERSION}_${platform}_${architecture}.${ending}`,
  ]) {
    try {
      say(`downloading ${url}`)
      const answer = await fetch(url, { signal: AbortSignal.timeout(300_000) })
      if (!answer.ok || !answer.body) throw new Error(`answered ${answer.status}`)
      const archive = join(folder, `temporal.${ending}`)
      await pipeline(Readable.fromWeb(/** @type {import("node:stream/web").ReadableStream} */ (answer.body)), createWriteStream(archive))
      const { status, stderr } = spawnSync("tar", ["-xf", archive, "-C", folder], { encoding: "utf8" }) // Windows' tar reads zip as well
      rmSync(archive, { force: true })
      if (status !== 0) throw new Error(`tar: ${stderr}`)
      return
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ""
      problems.push(`${url} – ${error instanceof Error ? error.message : error}${cause}`)
    }
  }
  throw new LaunchError(
    `the Temporal server could not be had.\n${problems.join("\n")}`,
    "Install the Temporal CLI (https://docs.temporal.io/cli) or Go 1.25 or later, or give TEMPORAL_ADDRESS of a server you have."
  )
}

/**
 * @param {object} wish
 * @param {import("./processes.mjs").Processes} wish.processes
 * @param {(text: string) => void} wish.say
 * @param {NodeJS.ProcessEnv} [wish.environment]
 * @returns {Promise<string>} path of the program
 * @throws LaunchError when none can be found, built or downloaded
 */
export async function temporalProgram({ processes, say, environment = process.env }) {
  const installed = findProgram("temporal", environment)
  if (installed && works(installed)) return installed
  const cache = join(homedir(), ".cache", "foresight", `temporal-${VERSION}`)
  const cached = join(cache, PROGRAM)
  if (existsSync(cached) && works(cached)) return cached

  // Made aside and renamed when whole: two launches at once do not see each other's half.
  const making = join(cache, `making-${process.pid}`)
  mkdirSync(making, { recursive: true })
  try {
    const go = recentGo(environment)
    if (go) {
      say("building the Temporal server with Go, once: 4 to 6 minutes on two cores")
      const progress = setInterval(() => say("Temporal server: still building"), 30_000)
      try {
        await processes.run({
          name: "temporal-build",
          command: go,
          args: ["install", `github.com/temporalio/cli/cmd/temporal@v${VERSION}`],
          env: { ...environment, GOBIN: making, GOFLAGS: `${environment.GOFLAGS ?? ""} -modcacherw`.trim() },
        })
      } catch (error) {
        say(`Go could not build it (${error instanceof Error ? error.message.split("\n").slice(0, 3).join(" ") : error})`)
      } finally {
        clearInterval(progress)
      }
    }
    if (!existsSync(join(making, PROGRAM))) await download(making, say)
    renameSync(join(making, PROGRAM), cached)
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
  if (!works(cached)) throw new LaunchError(`${cached} does not run`, "Remove it and start again, or give TEMPORAL_ADDRESS.")
  return cached
}
