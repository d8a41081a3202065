import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { callModule } from "../../support/call-module"

const MODULE = join(__dirname, "../../bench/forecast-losses.mjs")
const folder = mkdtempSync(join(tmpdir(), "foresight-losses-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const levels = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
const header = ["mean", ...levels.map((level) => `q${level}`)].join(",")
const all = (value: number) => new Array<number>(10).fill(value).join(",")

describe("losses of forecast files", () => {
  interface Counted {
    periods: Record<string, number>
    sums: Record<string, number>
    calibration: Record<string, { pairs: number; worst: { level: number; points: number }; levels: { below: number; atOrBelow: number }[] }>
  }
  let counted: Counted
  beforeAll(() => {
    // the example of ../shared/score/score.py --selftest: 0 2 4 | 3 5, holidays on the 4th; all forecasts 4, sums 3 and 6
    writeFileSync(join(folder, "truth.csv"), `item_id,date,quantity,is_holiday\n${[0, 2, 4, 3, 5].map((units, at) => `a,2024-01-0${at + 1},${units},${at === 3 ? 1 : 0}`).join("\n")}\n`)
    writeFileSync(join(folder, "f.csv"), `item_id,origin,date,${header}\na,2024-01-03,2024-01-04,${all(4)}\na,2024-01-03,2024-01-05,${all(4)}\n`)
    writeFileSync(join(folder, "f.sums.csv"), `item_id,origin,horizon,${header}\na,2024-01-03,1,${all(3)}\na,2024-01-03,2,${all(6)}\n`)
    const script = `
import { measureOf, periodLosses, readActuals, rowsOf, sumLosses } from ${JSON.stringify(pathToFileURL(MODULE).href)}
const actuals = await readActuals("truth.csv")
const { calibration, ...periods } = await periodLosses(actuals, rowsOf("f.csv"))
const told = (losses) => Object.fromEntries(Object.entries(losses).map(([name, one]) => [name, measureOf(one)]))
process.stdout.write(JSON.stringify({ periods: told(periods), sums: told(await sumLosses(actuals, rowsOf("f.sums.csv"))), calibration }))`
    counted = JSON.parse(execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: folder, encoding: "utf8" })) as Counted
  })

  it("are those of the scorer's hand-worked example", () => {
    expect(counted.periods.wql).toBeCloseTo(0.25, 12)
    expect(counted.periods.wmae).toBeCloseTo(1, 12)
    expect(counted.periods.scaled_ql).toBeCloseTo(((2 / 9) * 4.5) / 2, 12)
    expect(counted.sums.sum_wql_1).toBeCloseTo(0, 12)
    expect(counted.sums.sum_wql_2).toBeCloseTo(0.25, 12)
  })

  it("say how far the worst level lies outside, per class", () => {
    // 3 lies below every quantile and 5 above: shares of 0.5 throughout, 40 points off at 0.1 and 0.9; 0.95 is not in the file
    expect(counted.calibration.smooth).toMatchObject({ pairs: 1, worst: { level: 0.1, points: expect.closeTo(40, 9) as number } })
    expect(counted.calibration.all?.levels).toHaveLength(9)
    expect(counted.calibration.all?.levels[0]).toMatchObject({ below: 0.5, atOrBelow: 0.5 })
  })
})

describe("historyOf()", () => {
  const classOf = (units: number[]) => callModule<{ class: string; scale: number | null }>(MODULE, "historyOf", { dates: units.map((_, at) => `2024-01-0${at + 1}`), units }, "2024-01-04")

  it("tells the four classes as the scorer's selftest does", () => {
    expect([[1, 1, 1, 1], [1, 9, 1, 1], [1, 0, 1, 0], [1, 0, 9, 0]].map((units) => classOf(units).class)).toEqual(["smooth", "erratic", "intermittent", "lumpy"])
  })
  it("begins with the first sale and ends with the origin", () => expect(classOf([0, 0, 2, 4, 100]).scale).toBe(2))
  it("knows items that never sold", () => expect(classOf([0, 0, 0, 0]).class).toBe("never sold"))
})
