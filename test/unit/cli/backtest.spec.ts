import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { addDays } from "../../../src/domain/day"
import { runCommand } from "../../support/run-command"

jest.mock("../../../src/cli/backtest.js", () => jest.requireActual<object>("../../../src/cli/backtest"), { virtual: true })
jest.mock("../../../src/learning/nets/fit-nets.js", () => jest.requireActual<object>("../../../src/learning/nets/fit-nets"), { virtual: true })

const folder = mkdtempSync(join(tmpdir(), "foresight-backtest-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Two items of 40 weeks, one steady and one that sells now and then. */
const path = join(folder, "sales.csv")
const weeks = Array.from({ length: 40 }, (_, week) => addDays("2025-01-06", 7 * week))
writeFileSync(path, ["item_id,date,quantity", ...weeks.map((day, at) => `steady,${day},${10 + (at % 3)}`), ...weeks.map((day, at) => `rare,${day},${at % 5 === 0 ? 4 : 0}`), ""].join("\n"))
const backtest = (...more: string[]) => runCommand("backtest", path, "--frequency", "week", "--horizon", "2", ...more)

interface Document {
  models: Record<string, Record<string, number> & { classes: Record<string, unknown>; calibration: { level: number }[] }>
}

describe("foresight backtest", () => {
  it("gives every figure per model and class, the choice and why, as JSON", async () => {
    const { code, stdout } = await backtest("--origins", "3", "--model", "seasonal-naive,exponential-smoothing", "--json")
    expect(code).toBe(0)
    const document = JSON.parse(stdout) as Document
    expect(document).toMatchObject({
      ...{ frequency: "week", horizon: 2, items: 2, scored: 2, skipped: {}, notes: [] },
      origins: ["2025-09-01", "2025-09-15", "2025-09-29"], // the 40th week begins on 6 October; the last horizon ends with it
      choice: { model: expect.any(String) as string, why: expect.stringContaining("least loss of the sum over the horizon") as string },
    })
    expect(Object.keys(document.models).sort()).toEqual(["exponential-smoothing", "seasonal-naive"])
    for (const model of Object.values(document.models)) {
      for (const name of ["wql", "wape", "bias", "mase", "rmsse", "coverage", "sum_wql", "seconds"]) expect(Number.isFinite(model[name])).toBe(true)
      expect(model.calibration.map(({ level }) => level)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95])
      expect(Object.keys(model.classes).sort()).toEqual(["intermittent", "smooth"])
      expect(model.pairs).toBe(6) // 2 series × 3 origins
    }
  })

  it("prints tables, best model first, and one sentence on the choice", async () => {
    const { stdout } = await backtest("--model", "seasonal-naive")
    expect(stdout).toMatch(/^MODEL +WQL +SUM WQL +WAPE +BIAS +MASE +RMSSE +COVER 0\.9 +SECONDS\nseasonal-naive /)
    expect(stdout).toContain("smooth: 4 series × origins")
    expect(stdout).toContain("Choice: seasonal-naive was the only model asked for.")
  })

  it("leaves out what cannot be fitted, and chooses among the others", async () => {
    const { code, stdout, stderr } = await backtest("--origins", "2")
    expect(code).toBe(0)
    expect(stderr).toContain("boosted is left out: ")
    expect(stdout).toMatch(/\nauto /)
    expect(stdout).toMatch(/Choice: .+\.\n/)
  })

  // 24 weeks before the first of eight origins: 2 series × 20 windows are too few for a net
  it("takes all nets by one name, beside others", async () => {
    const { stdout, stderr } = await backtest("--origins", "8", "--model", "nets,seasonal-naive,mlp")
    for (const net of ["mlp", "n-hits", "tsmixer", "tcn", "lstm", "gru", "patch-transformer"]) {
      expect(stderr).toContain(`${net} is left out: net ${net}: 64 training windows are needed; 2 series over 24 periods give 40`)
    }
    expect(stdout).toMatch(/\nseasonal-naive /)
  })

  it.each([
    ["a model that is none", ["--model", "oracle"], '--model is "oracle"'],
    ["no model at all", ["--model", ","], "--model names no model"],
    ["a horizon as long as the history", ["--horizon", "40"], "the panel has 40 periods; expected more than the horizon of 40"],
    ["no origin", ["--origins", "0"], "Expected a whole number from 1 to 100"],
  ])("answers %s with exit code 2", async (_, more, message) => {
    const { code, stderr } = await backtest(...more)
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })
})
