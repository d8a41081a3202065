import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { readStoreConfigAside } from "../../../src/cli/read-store-config-aside"

let folder: string
const thread = (code: string) => {
  const path = join(folder, "thread.cjs")
  writeFileSync(path, `const { parentPort, workerData } = require("node:worker_threads")\n${code}`)
  return path
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "foresight-test-"))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe("readStoreConfigAside()", () => {
  it("gives what the thread read", async () => {
    // a timer that never ends: Medusa's code may leave some behind
    const path = thread('parentPort.postMessage({ directory: workerData, shopId: "shop" }); setInterval(() => {}, 1000)')
    expect(await readStoreConfigAside("/store", path)).toEqual({ directory: "/store", shopId: "shop" })
  })

  it("lets a configuration set the environment of the process, as a .env does", async () => {
    // Jest hides the process's environment behind a copy: another thread reads it
    await readStoreConfigAside("/store", thread('process.env.FORESIGHT_TEST_SET = "yes"; parentPort.postMessage({})'))
    const reads = thread('parentPort.postMessage({ shopId: process.env.FORESIGHT_TEST_SET }); delete process.env.FORESIGHT_TEST_SET')
    expect(await readStoreConfigAside("/store", reads)).toEqual({ shopId: "yes" })
  })

  it.each([
    ["throws", 'throw new Error("no store")'],
    ["ends the process", "process.exit(1)"],
    ["holds what cannot be copied", "parentPort.postMessage({ directory: workerData, options: { now: () => 0 } })"],
    ["changes the folder, which no thread may", 'process.chdir("/"); parentPort.postMessage({})'],
  ])("leaves a configuration to the caller that %s", async (_, code) => expect(await readStoreConfigAside("/store", thread(code))).toBeNull())

  it("leaves it to the caller where there is no compiled thread", async () => expect(await readStoreConfigAside("/store")).toBeNull())
})
