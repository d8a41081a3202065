// Children of one launch: each in its own process group, stopped in reverse order however the launch ends.
import { spawn } from "node:child_process"
import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { stopGroup, sweepPidFile, writePidFile } from "./pid-file.mjs"
import { groupLives, processStart, signalGroup } from "./process-identity.mjs"
import { LaunchError } from "./steps.mjs"

/**
 * @typedef {object} ChildSpec
 * @property {string} name
 * @property {string} command
 * @property {string[]} [args]
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] the whole environment; this process's unless given
 * @property {number} [uid]
 * @property {number} [gid]
 * @property {NodeJS.Signals} [stop] how it is asked to stop; SIGTERM unless given
 * @property {number} [graceMs] how long it may take before it is killed; 10 s unless given
 * @property {boolean} [fresh] empty the log first
 * @property {(line: string) => void} [onLine] hears each line of its stdout, which goes to the log as well
 * @property {boolean} [showErrors] its stderr is ours, so that a progress bar moves, instead of going to the log
 *
 * @typedef {object} Child
 * @property {string} name
 * @property {number} pid
 * @property {string} logFile
 * @property {Promise<{ code: number | null, signal: NodeJS.Signals | null }>} exited
 * @property {() => boolean} running
 * @property {() => Promise<void>} stop
 * @property {(lines?: number) => string} tail last lines of its log
 *
 * @typedef {ReturnType<typeof createProcesses>} Processes
 */

/** @param {string} file @param {number} lines */
function tailOf(file, lines) {
  try {
    return readFileSync(file, "utf8").trimEnd().split("\n").slice(-lines).join("\n")
  } catch {
    return "" // never wrote a line
  }
}

/**
 * @param {import("node:stream").Readable} stream
 * @param {string} logFile
 * @param {(line: string) => void} onLine
 * @returns {Promise<void>} after the last line
 */
async function followLines(stream, logFile, onLine) {
  for await (const line of createInterface({ input: stream })) {
    appendFileSync(logFile, `${line}\n`)
    onLine(line)
  }
}

/**
 * @param {object} settings
 * @param {string} settings.folder state of the launch; holds `processes.json` and `logs/`
 */
export function createProcesses({ folder }) {
  const pidFile = join(folder, "processes.json")
  const logs = join(folder, "logs")
  /** @type {Map<number, { entry: import("./pid-file.mjs").PidEntry, child: Child }>} */
  const running = new Map()
  /** @type {import("node:child_process").ChildProcess | undefined} */
  let warden
  /** @type {Promise<void> | undefined} */
  let stopping
  /** @type {(() => void)[]} */
  const afterwards = []

  const owner = { pid: process.pid, started: processStart(process.pid) }
  const save = () => writePidFile(pidFile, { owner, children: [...running.values()].map(({ entry }) => entry) })

  function startWarden() {
    if (warden) return
    warden = spawn(process.execPath, [fileURLToPath(new URL("warden.mjs", import.meta.url)), pidFile, String(process.pid)], { detached: true, stdio: ["pipe", "ignore", "ignore"] })
    warden.unref()
    const pipe = /** @type {import("node:net").Socket} */ (warden.stdin)
    pipe.on("error", () => {})
    pipe.unref()
  }

  /** @param {ChildSpec} spec @returns {Child} */
  function start({ name, command, args = [], cwd, env = process.env, uid, gid, stop = "SIGTERM", graceMs = 10_000, fresh = true, onLine, showErrors = false }) {
    if (stopping) throw new LaunchError(`${name} is not started: the launch is stopping`)
    startWarden()
    mkdirSync(logs, { recursive: true })
    const logFile = join(logs, `${name.replace(/[^a-z0-9.-]+/gi, "-")}.log`)
    const log = openSync(logFile, fresh ? "w" : "a")
    const stdio = /** @type {import("node:child_process").StdioOptions} */ (["ignore", onLine ? "pipe" : log, showErrors ? "inherit" : log])
    const spawned = spawn(command, args, { cwd, env, uid, gid, detached: process.platform !== "win32", stdio, windowsHide: true })
    closeSync(log)
    const lines = onLine && spawned.stdout ? followLines(spawned.stdout, logFile, onLine) : Promise.resolve()
    /** @type {Promise<{ code: number | null, signal: NodeJS.Signals | null }>} */
    const exited = new Promise((resolve, reject) => {
      spawned.once("error", (error) => reject(new LaunchError(`${name} could not be started: ${error.message}`)))
      spawned.once("exit", (code, signal) => resolve(lines.then(() => ({ code, signal }))))
    })
    const pid = spawned.pid ?? -1
    const forget = () => {
      running.delete(pid)
      save()
    }
    /** @type {Child} */
    const child = {
      name,
      pid,
      logFile,
      exited,
      running: () => spawned.exitCode === null && spawned.signalCode === null && pid > 0,
      tail: (lines = 15) => tailOf(logFile, lines),
      async stop() {
        if (pid < 0) return
        await stopGroup({ pid, stop, graceMs })
        forget()
      },
    }
    if (pid > 0) {
      running.set(pid, { entry: { name, pid, started: processStart(pid), stop, graceMs }, child })
      save()
      // A leader that ends may leave members of its group: only an empty group is forgotten.
      void exited.then(() => groupLives(pid) || stopping || forget())
    } else exited.catch(() => {})
    return child
  }

  /**
   * Runs a command to its end.
   * @param {ChildSpec & { advice?: string }} spec
   * @returns {Promise<Child>}
   * @throws LaunchError with the end of its log when it fails
   */
  async function run({ advice, ...spec }) {
    const child = start(spec)
    const { code, signal } = await child.exited
    await child.stop()
    if (code === 0) return child
    throw new LaunchError(`${spec.name} ended with ${signal ?? code}\n${child.tail(25)}`.trimEnd(), advice ?? `The whole log: ${child.logFile}`)
  }

  /** Stops every child, newest first; safe to call twice. */
  function stopAll() {
    stopping ??= (async () => {
      for (const { child } of [...running.values()].reverse()) await child.stop()
      rmSync(pidFile, { force: true })
      for (const tidy of afterwards) tidy()
      warden?.kill("SIGKILL")
    })()
    return stopping
  }

  /**
   * Ctrl-C, a closed terminal, a crash: stop the children, then end.
   * @param {{ onSignal?: (signal: string) => void, exitCode?: (usual: number) => number }} [how] `onSignal` hears the first signal; `exitCode` may change 128 + its number
   */
  function stopWithUs({ onSignal = () => {}, exitCode = (usual) => usual } = {}) {
    for (const [signal, code] of /** @type {const} */ ([["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 129]])) {
      process.on(signal, () => {
        if (!stopping) onSignal(signal)
        void stopAll().finally(() => process.exit(exitCode(code)))
      })
    }
    const crashed = (/** @type {unknown} */ error) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      void stopAll().finally(() => process.exit(1))
    }
    process.on("uncaughtException", crashed)
    process.on("unhandledRejection", crashed)
    // process.exit() called elsewhere: no time for manners, and the warden sees to what a signal cannot reach.
    process.on("exit", () => {
      for (const { entry } of [...running.values()].reverse()) signalGroup(entry.pid, "SIGKILL")
    })
  }

  /**
   * A promise that only ever fails: with the news that one of these ended though nobody stopped it.
   * @param {Child[]} children
   * @returns {Promise<never>}
   */
  function watch(children) {
    return new Promise((_, reject) => {
      for (const child of children) {
        void child.exited.then(({ code, signal }) => {
          if (!stopping) reject(new LaunchError(`${child.name} ended with ${signal ?? code}\n${child.tail(25)}`, `The whole log: ${child.logFile}`))
        })
      }
    })
  }

  /** Stops what a killed launch left behind. @returns names of what was found */
  const sweep = () => sweepPidFile(pidFile)

  /** @param {() => void} tidy what is left to do when all children have stopped */
  const afterStop = (tidy) => void afterwards.push(tidy)

  return { start, run, stopAll, stopWithUs, afterStop, watch, sweep, folder }
}
