import { execFileSync } from "node:child_process"
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer, type AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { startLocalTemporal } from "../../../src/worker/local-temporal"

/** Listens on the port it is given, writes down its process id, ends at SIGTERM. */
const PROGRAM = `#!${process.execPath}
const at = process.argv.indexOf("--port")
require("node:fs").writeFileSync(__dirname + "/pid", String(process.pid))
require("node:net").createServer().listen(Number(process.argv[at + 1]), "127.0.0.1")
`

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe("startLocalTemporal()", () => {
  let folder: string
  const { PATH } = process.env
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "foresight-test-"))
    writeFileSync(join(folder, "temporal"), PROGRAM)
    chmodSync(join(folder, "temporal"), 0o755)
    process.env.PATH = `${folder}${delimiter}${PATH ?? ""}`
  })
  afterEach(() => {
    process.env.PATH = PATH
    rmSync(folder, { recursive: true, force: true })
  })

  const onUnix = process.platform === "win32" ? it.skip : it
  onUnix("keeps the server out of reach of the terminal's Ctrl-C and ends it when asked", async () => {
    const server = await startLocalTemporal({ address: `127.0.0.1:${await freePort()}`, namespace: "default", directory: folder })
    const pid = Number(readFileSync(join(folder, "pid"), "utf8"))
    const group = (id: number) => Number(execFileSync("ps", ["-o", "pgid=", "-p", String(id)], { encoding: "utf8" }))
    expect(group(pid)).toBe(pid) // Ctrl-C goes to the group of the worker
    expect(group(process.pid)).not.toBe(pid)
    await server?.stop()
    expect(isAlive(pid)).toBe(false)
  })
})
