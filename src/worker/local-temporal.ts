import { spawn } from "node:child_process"
import { existsSync, mkdirSync, readdirSync } from "node:fs"
import { createConnection } from "node:net"
import { homedir } from "node:os"
import { delimiter, join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { ForesightError } from "../domain/errors"

const READY_MS = 60_000

/** Where the `temporal` program is: on the PATH, else in our cache; `null`: nowhere. */
export function findTemporal(environment: NodeJS.ProcessEnv = process.env): string | null {
  const name = process.platform === "win32" ? "temporal.exe" : "temporal"
  const cache = join(homedir(), ".cache", "foresight")
  const cached = existsSync(cache) ? readdirSync(cache).filter((folder) => folder.startsWith("temporal-")).sort().reverse() : []
  const folders = [...(environment.PATH ?? "").split(delimiter).filter(Boolean), ...cached.map((folder) => join(cache, folder))]
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null
}

/** Starts Temporal's development server with a database file in the store's folder, for a small shop; one that listens already is used.
 * @returns Its end, or `null` when it was there before us.
 * @throws ForesightError `not_found` without the program, `unavailable` when it does not come up. */
export async function startLocalTemporal({ address, namespace, directory }: { address: string; namespace: string; directory: string }): Promise<{ stop(): Promise<void> } | null> {
  const [host = "localhost", port = "7233"] = address.split(":")
  if (!["localhost", "127.0.0.1", "::1"].includes(host)) {
    throw new ForesightError("invalid_options", `--local starts Temporal on this machine, but temporal.address is ${JSON.stringify(address)}; expected localhost:PORT`)
  }
  if (await answers(host, Number(port))) return null
  const program = findTemporal()
  if (!program) throw new ForesightError("not_found", "there is no temporal program on the PATH; install the Temporal CLI (https://docs.temporal.io/cli) or give the address of a server")
  const folder = join(directory, ".foresight")
  mkdirSync(folder, { recursive: true })
  const child = spawn(
    program,
    ["server", "start-dev", "--ip", "127.0.0.1", "--port", port, "--ui-port", String(Number(port) + 1000), "--namespace", namespace, "--db-filename", join(folder, "temporal.db"), "--log-level", "warn"],
    // a process group of its own: Ctrl-C in the terminal reaches the worker alone, which stops it after it has drained
    { stdio: ["ignore", "ignore", "pipe"], detached: true }
  )
  let tail = ""
  let ended = false
  child.stderr.on("data", (text: Buffer) => (tail = (tail + text.toString()).slice(-2000)))
  const end = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      tail += error.message
      ended = true
      resolve()
    })
    child.once("exit", () => {
      ended = true
      resolve()
    })
  })
  const kill = () => void child.kill("SIGKILL")
  process.once("exit", kill)
  const stop = async () => {
    child.kill("SIGTERM")
    await Promise.race([end, sleep(5000, undefined, { ref: false }).then(kill)])
    process.removeListener("exit", kill)
  }
  for (const until = Date.now() + READY_MS; ; ) {
    if (ended || Date.now() > until) {
      await stop()
      throw new ForesightError("unavailable", `${program} did not come up on port ${port}: ${tail.trim() || "it said nothing"}`)
    }
    if (await answers(host, Number(port))) return { stop }
    await sleep(200)
  }
}

/** Whether somebody listens there. */
function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port, timeout: 1000 })
    const done = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once("connect", () => done(true)).once("error", () => done(false)).once("timeout", () => done(false))
  })
}
