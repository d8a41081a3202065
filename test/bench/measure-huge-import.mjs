// `import --huge`: a file of 2 GB, made while it is read and piped in, and what memory it takes to read it.
import { spawn } from "node:child_process"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { text } from "node:stream/consumers"
import { foresight } from "../../demo/launch/store.mjs"
import { LaunchError } from "../../demo/launch/steps.mjs"
import { watchMemory } from "./memory-watch.mjs"
import { table } from "./page.mjs"
import { megabytes, number } from "./spread.mjs"

/** What is read and judged, and how much of it is imported as well: events of all of it would fill 20 GB. */
const READ_BYTES = 2 * 2 ** 30
const IMPORTED_BYTES = 2 ** 29
const LINES_AN_ORDER = 3
const CHUNK_LINES = 10_000
const CUSTOMERS = 200_000
const FIRST_DAY = Date.UTC(2024, 0, 1)
const DAYS = 600

/**
 * @typedef {{ what: string, bytes: number, lines: number, seconds: number, peak: number | null }} HugeRun `peak`: most memory of the command's process, bytes
 */

/**
 * Order lines without end, in our own format: three an order, 200,000 customers.
 * @param {number} bytes at least so many
 * @param {readonly string[]} skus of the shop
 */
async function* hugeOrders(bytes, skus) {
  yield Buffer.from("order_id,ordered_at,customer_id,sku,quantity,unit_price,currency\n")
  for (let line = 0, written = 0; written < bytes; ) {
    let chunk = ""
    for (const end = line + CHUNK_LINES; line < end; line += 1) {
      const order = Math.floor(line / LINES_AN_ORDER)
      const at = new Date(FIRST_DAY + (order % DAYS) * 86_400_000 + (order % 86_400) * 1_000).toISOString()
      chunk += `huge-${order},${at},customer-${(order * 7919) % CUSTOMERS}@example.com,${skus[(line * 104_729) % skus.length]},${1 + (line % 4)},${9 + (line % 90)}.95,EUR\n`
    }
    const buffer = Buffer.from(chunk)
    written += buffer.length
    yield buffer
  }
}

/**
 * @param {Pick<import("./world.mjs").BenchHouse, "store" | "step" | "prepared">} house
 * @param {{ readBytes?: number, importedBytes?: number }} [sizes]
 * @returns {Promise<HugeRun[]>}
 * @throws LaunchError when the command fails
 */
export async function measureHugeImport({ store, step, prepared }, { readBytes = READ_BYTES, importedBytes = IMPORTED_BYTES } = {}) {
  const skus = prepared.shop.products.flatMap(({ variants }) => variants.map(({ sku }) => sku))
  /** @param {string} what @param {string[]} more @param {number} bytes @param {string} [folder] where it runs; the store's unless given */
  const run = (what, more, bytes, folder) =>
    step(what, async ({ result }) => {
      const { command, args, cwd, env } = foresight(store, ["import", "-", "--json", "--report", join(tmpdir(), "huge.refused.csv"), ...more])
      const child = spawn(command, args, { cwd: folder ?? cwd, env, stdio: ["pipe", "pipe", "ignore"] })
      const ended = new Promise((resolve) => child.once("exit", resolve))
      const memory = watchMemory(Number(child.pid))
      const from = Date.now()
      const said = text(child.stdout)
      let sent = 0
      const counted = async function* () {
        for await (const chunk of hugeOrders(bytes, skus)) {
          sent += chunk.length
          yield chunk
        }
      }
      await pipeline(Readable.from(counted()), child.stdin)
      const code = await ended
      memory.stop()
      if (code !== 0) throw new LaunchError(`foresight import - ended with ${code}\n${(await said).slice(-2_000)}`)
      const to = Date.now()
      const { lines_read: lines } = JSON.parse(await said)
      const peak = memory.peakBetween(from, to).own
      result(`${number(lines)} lines, ${megabytes(peak)}`)
      return { what, bytes: sent, lines, seconds: (to - from) / 1000, peak }
    })
  return [
    // outside a store: inside one a dry run ends with a look at the shop's SKUs, for which the shop is booted
    await run("dry run of a tenth", ["--dry-run"], readBytes / 10, tmpdir()),
    await run("dry run", ["--dry-run"], readBytes, tmpdir()),
    await run("import", ["--source", "huge"], importedBytes),
  ]
}

/** @param {HugeRun[]} runs @returns {string} in Markdown */
export function describeHugeImport(runs) {
  const gigabytes = (/** @type {number} */ bytes) => number(bytes / 2 ** 30, 2)
  return [
    "### A file of 2 GB",
    [
      "Order lines made while they are read and piped into `foresight import -`, which lays its input down in a temporary file. Memory of the command's process;",
      "a dry run keeps nothing of a line, an import 9 bytes of typed arrays a slot to know the n-th occurrence of a line.",
    ].join(" "),
    table(
      ["", "GB", "lines", "seconds", "lines/s", "most memory"],
      runs.map(({ what, bytes, lines, seconds, peak }) => [what, gigabytes(bytes), number(lines), number(seconds), number(lines / seconds), megabytes(peak)])
    ),
  ].join("\n\n")
}
