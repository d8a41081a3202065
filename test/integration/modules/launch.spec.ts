import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"

/** What test/support/launch-fixture.mjs says once its children run. */
interface Launched {
  process: ChildProcess
  swept: string[]
  children: number[]
}

const FIXTURE = require.resolve("../../support/launch-fixture.mjs")

/** Whether a process runs; a zombie that nobody has buried yet does not. */
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return process.platform !== "linux" || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"))
  } catch {
    return false
  }
}

async function untilGone(pids: number[], withinMs = 60_000): Promise<boolean> {
  const until = Date.now() + withinMs
  while (pids.some(lives) && Date.now() < until) await sleep(25)
  return !pids.some(lives)
}

describe("a launch and its children", () => {
  let folder: string
  const started: ChildProcess[] = []

  const run = (...args: string[]) => {
    const child = spawn(process.execPath, [FIXTURE, folder, ...args], { stdio: ["ignore", "pipe", "pipe"] })
    started.push(child)
    return child
  }
  const launch = async (): Promise<Launched> => {
    const child = run()
    const [line] = (await once(child.stdout as NodeJS.ReadableStream, "data")) as [Buffer]
    return { process: child, ...(JSON.parse(line.toString()) as Omit<Launched, "process">) }
  }
  const failing = async (...args: string[]) => {
    const child = run(...args)
    let said = ""
    child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()))
    const [code] = (await once(child, "close")) as [number]
    return { code, said }
  }
  const pidFile = () => join(folder, "processes.json")

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "foresight-launch-"))
  })
  afterEach(async () => {
    for (const child of started.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      const ended = once(child, "exit")
      child.kill("SIGTERM")
      await ended
    }
    rmSync(folder, { recursive: true, force: true })
  })

  it("stops its children in reverse order on Ctrl-C", async () => {
    const { process: launched, children } = await launch()
    launched.kill("SIGINT")
    const [code] = (await once(launched, "exit")) as [number]
    expect(code).toBe(130)
    expect(children.some(lives)).toBe(false)
    expect(readFileSync(join(folder, "stopped"), "utf8")).toBe("second\nfirst\n")
  })

  it("leaves no child behind when it is killed", async () => {
    const { process: launched, children } = await launch()
    expect(children.every(lives)).toBe(true)
    launched.kill("SIGKILL")
    expect(await untilGone(children)).toBe(true)
  })

  it("sweeps at the next start what it and its warden could not stop", async () => {
    const first = await launch()
    const { owner, children } = JSON.parse(readFileSync(pidFile(), "utf8")) as { owner: { pid: number }; children: { pid: number }[] }
    expect(owner.pid).toBe(first.process.pid)
    // Without its pid file the warden finds nothing to do, as after a power failure that it did not survive either.
    const listed = readFileSync(pidFile(), "utf8")
    rmSync(pidFile())
    first.process.kill("SIGKILL")
    await untilGone([owner.pid])
    await sleep(1000)
    expect(children.every(({ pid }) => lives(pid))).toBe(true)
    writeFileSync(pidFile(), listed)

    const second = await launch()
    expect(second.swept).toEqual(["second", "first"])
    expect(first.children.some(lives)).toBe(false)
  })

  it("leaves a process alone that only has the same id as one of its children had", async () => {
    const stranger = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore", detached: true })
    try {
      const entry = { name: "old child", pid: stranger.pid, started: "1", stop: "SIGTERM", graceMs: 100 }
      writeFileSync(pidFile(), JSON.stringify({ owner: { pid: 999_999_999, started: "1" }, children: [entry] }))
      const { swept } = await launch()
      expect(swept).toEqual([])
      expect(lives(stranger.pid as number)).toBe(true)
    } finally {
      stranger.kill("SIGKILL")
    }
  })

  it("refuses to start beside itself", async () => {
    const { children } = await launch()
    const { code, said } = await failing()
    expect(code).toBe(1)
    expect(said).toContain("another launch in this folder still runs")
    expect(children.every(lives)).toBe(true)
  })

  it("says that a given port is taken, and what to do", async () => {
    const server = createServer().listen(0, "127.0.0.1")
    await once(server, "listening")
    const { port } = server.address() as { port: number }
    try {
      const { code, said } = await failing(String(port))
      expect(code).toBe(1)
      expect(said).toContain(`port ${port} for a server is taken`)
      expect(said).toContain("choose another in PORT")
    } finally {
      server.close()
    }
  })

  it("says that a given port is none", async () => {
    expect((await failing("70000")).said).toContain('PORT is "70000"; expected a port, 1 to 65535')
  })
})
