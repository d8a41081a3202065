import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { addDays } from "../../../src/domain/day"
import { expectSoundRows, rowsOf } from "../../support/forecast-csv"
import { runCommand } from "../../support/run-command"
import fc from "../../support/properties"

jest.mock("../../../src/cli/forecast.js", () => jest.requireActual<object>("../../../src/cli/forecast"), { virtual: true })
jest.mock("../../../src/cli/backtest.js", () => jest.requireActual<object>("../../../src/cli/backtest"), { virtual: true })

const folder = mkdtempSync(join(tmpdir(), "foresight-odd-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Enough for trees, too little for nets. */
const WEEKS = 32
const HORIZON = 2
const quantity = fc.oneof(
  { weight: 6, arbitrary: fc.nat(20) },
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constantFrom(80_995, -3, "", 0.25) }
)
const item = fc.record({
  first: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(WEEKS - 1) }),
  quantities: fc.oneof({ weight: 4, arbitrary: fc.array(quantity, { minLength: WEEKS, maxLength: WEEKS }) }, { weight: 1, arbitrary: fc.constantFrom(0, 7, "").map((value) => new Array<number | string>(WEEKS).fill(value)) }),
  price: fc.constantFrom("10", "0", ""),
  category: fc.constantFrom("a", "b", ""),
})
/** Weekly files of whatever shops have: zeros, returns, unknown weeks, spikes, parts of units, newcomers, missing prices and categories; one steady item, so that none is refused whole. */
const files = fc.array(item, { minLength: 18, maxLength: 22 }).map((items) => {
  const steady = { first: 0, quantities: Array.from({ length: WEEKS }, (_, at) => 3 + (at % 4)), price: "10", category: "a" }
  const lines = [...items, steady].flatMap(({ first, quantities, price, category }, index) =>
    quantities.flatMap((value, week) => (week < first ? [] : [`i${index},${addDays("2025-01-06", 7 * week)},${value},${week % 2 ? price : ""},${category}`]))
  )
  return ["item_id,date,quantity,price,category", ...lines, ""].join("\n")
})

let written = 0
function run(name: string, text: string, ...more: string[]) {
  const path = join(folder, `odd-${written++}.csv`)
  writeFileSync(path, text)
  return runCommand(name, path, "--frequency", "week", "--horizon", String(HORIZON), ...more)
}
const itemsOf = (text: string) => [...new Set(text.trimEnd().split("\n").slice(1).map((line) => line.slice(0, line.indexOf(","))))]

describe("any sales file at all", () => {
  it("gets one sound row an item and period, from trees and members", async () => {
    await fc.assert(
      fc.asyncProperty(files, async (text) => {
        const { code, stdout, stderr } = await run("forecast", text, "--quantiles", "0.001,0.1,0.5,0.9,0.999")
        expect(code).toBe(0)
        const items = itemsOf(text).filter((id) => !stderr.includes(`item ${id} is not forecast`))
        expectSoundRows(stdout, items.length * HORIZON)
        expect(new Set(rowsOf(stdout).map(([id, date]) => `${id} ${date}`))).toEqual(new Set(items.flatMap((id) => [0, 1].map((ahead) => `${id} ${addDays("2025-01-06", 7 * (WEEKS + ahead))}`))))
      }),
      { numRuns: 2 }
    )
  })

  it("is scored by backtest, trees and all, without a figure that is none", async () => {
    await fc.assert(
      fc.asyncProperty(files, async (text) => {
        const { code, stdout } = await run("backtest", text, "--origins", "1", "--model", "auto,boosted", "--json")
        expect(code).toBe(0)
        const { models, skipped } = JSON.parse(stdout) as { models: Record<string, Record<string, unknown>>; skipped: object }
        expect([Object.keys(models).sort(), skipped]).toEqual([["auto", "boosted"], {}]) // what is too little for trees would be skipped
        for (const figures of Object.values(models)) {
          for (const name of ["wql", "wape", "mase", "rmsse", "sum_wql", "coverage"]) expect(figures[name]).toEqual(expect.any(Number)) // JSON writes NaN as null
          expect(Math.min(...["wql", "wape", "mase", "rmsse", "sum_wql"].map((name) => Number(figures[name])))).toBeGreaterThanOrEqual(0)
        }
      }),
      { numRuns: 2 }
    )
  })
})
