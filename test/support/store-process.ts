import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { freePort } from "./free-port"
import { testStore } from "./store"

/** One more process of the running test store, as a shop with several machines has them: from the same folder, on the same database. */
export interface StoreProcess {
  url: string
  /** `kill -9`, over when it is gone. */
  kill(): Promise<void>
  /** Asks it to end and waits for it; kills it after 20 s. Does nothing where it is gone. */
  stop(): Promise<void>
}

/** A busy machine takes a multiple of the usual 12 s. */
const READY_MS = 150_000
const GRACE_MS = 20_000

/** A further `medusa start`. @param variables beside those of the store, e.g. of the options that demo/store/medusa-config.ts takes from the environment */
export async function startServer(variables: Record<string, string> = {}): Promise<StoreProcess> {
  const port = await freePort()
  const medusa = join(testStore().folder, "node_modules", "@medusajs", "cli", "cli.js")
  return start([medusa, "start", "--port", String(port)], { ...variables, PORT: String(port) }, { url: `http://localhost:${port}`, ready: "/health" })
}

/** A further `foresight worker`; its url is that of its health. */
export async function startWorker(): Promise<StoreProcess> {
  const port = await freePort()
  const foresight = join(testStore().folder, "node_modules", "medusa-plugin-foresight", ".medusa", "server", "src", "cli", "main.js")
  return start([foresight, "worker", "--health-port", String(port)], {}, { url: `http://localhost:${port}`, ready: "/health/ready" })
}

async function start(args: readonly string[], variables: Record<string, string>, { url, ready }: { url: string; ready: string }): Promise<StoreProcess> {
  const { folder, environment } = testStore()
  const logs = mkdtempSync(join(tmpdir(), "foresight-process-"))
  const logFile = join(logs, "log")
  const log = openSync(logFile, "w")
  // in Jest's own process group: whoever ends that ends these too
  const env = { ...process.env, ...environment, ...variables, NODE_ENV: "production", NODE_OPTIONS: "" }
  const child = spawn(process.execPath, args, { cwd: join(folder, ".medusa", "server"), env, stdio: ["ignore", log, log] })
  closeSync(log)
  const end = async (signal: NodeJS.Signals) => {
    await ended(child, signal)
    rmSync(logs, { recursive: true, force: true })
  }
  for (const until = Date.now() + READY_MS; !(await answers(url + ready)); await sleep(200)) {
    if (!isRunning(child) || Date.now() > until) {
      const said = readFileSync(logFile, "utf8").slice(-4_000)
      await end("SIGKILL")
      throw new Error(`${args.slice(1).join(" ")} did not come up\n${said}`)
    }
  }
  return { url, kill: () => end("SIGKILL"), stop: () => end("SIGTERM") }
}

const isRunning = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (!isRunning(child)) return
  const exit = once(child, "exit")
  child.kill(signal)
  const patience = setTimeout(() => child.kill("SIGKILL"), GRACE_MS)
  await exit
  clearTimeout(patience)
}

const answers = (url: string) =>
  fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
    ({ ok }) => ok,
    () => false // not listening yet
  )
