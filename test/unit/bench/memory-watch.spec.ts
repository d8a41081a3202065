import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { pathToFileURL } from "node:url"

const WATCH = pathToFileURL(join(__dirname, "../../bench/memory-watch.mjs")).href
const MEGABYTE = 2 ** 20

/** Watches itself while a child fills 150 MB and lives until that was seen; says what was seen then, and in the second before. */
const SCRIPT = `
import { spawn } from "node:child_process"
import { once } from "node:events"
import { watchMemory } from ${JSON.stringify(WATCH)}
const watch = watchMemory(process.pid)
const from = Date.now()
const child = spawn(process.execPath, ["-e", "globalThis.held = Buffer.alloc(150 * 2 ** 20, 1); setInterval(() => {}, 1000)"])
const seen = () => watch.peakBetween(from, Date.now()).children ?? 0
for (const until = Date.now() + 60_000; seen() <= 150 * 2 ** 20 && Date.now() < until; ) await new Promise((resolve) => setTimeout(resolve, 50))
child.kill("SIGKILL")
await once(child, "exit")
watch.stop()
process.stdout.write(JSON.stringify({ during: watch.peakBetween(from, Date.now()), before: watch.peakBetween(from - 2000, from - 1000), peak: watch.peak() }))
`

const onLinux = process.platform === "linux" ? describe : describe.skip // reads /proc

onLinux("watchMemory()", () => {
  interface Seen {
    during: { own: number; children: number }
    before: { own: number | null; children: number | null }
    peak: number
  }
  let seen: Seen
  beforeAll(() => {
    seen = JSON.parse(execFileSync(process.execPath, ["--input-type=module", "--eval", SCRIPT], { encoding: "utf8" })) as Seen
  })

  it("sees what a child held, apart from the process itself", () => {
    expect(seen.during.children).toBeGreaterThan(150 * MEGABYTE)
    expect(seen.during.own).toBeLessThan(150 * MEGABYTE)
  })
  it("knows nothing of a time in which it did not look", () => expect(seen.before).toEqual({ own: null, children: null }))
  it("gives the process's own peak, which no sample exceeds", () => expect(seen.peak).toBeGreaterThanOrEqual(seen.during.own))
})
