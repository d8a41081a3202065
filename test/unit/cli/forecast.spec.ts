import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setImmediate as nextTurn } from "node:timers/promises"
import { gunzipSync } from "node:zlib"
import { addDays } from "../../../src/domain/day"
import { expectSoundRows, rowsOf } from "../../support/forecast-csv"
import { runCommand } from "../../support/run-command"
import fc from "../../support/properties"

// Jest reads TypeScript, so the compiled names that are loaded when a command runs lead nowhere
jest.mock("../../../src/cli/forecast.js", () => jest.requireActual<object>("../../../src/cli/forecast"), { virtual: true })
jest.mock("../../../src/calendar/holidays-of.js", () => jest.requireActual<object>("../../../src/calendar/holidays-of"), { virtual: true })

const folder = mkdtempSync(join(tmpdir(), "foresight-forecast-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
function file(rows: readonly string[], header = "item_id,date,quantity"): string {
  const path = join(folder, `sales-${files++}.csv`)
  writeFileSync(path, `${[header, ...rows].join("\n")}\n`)
  return path
}
const days = (item: string, units: readonly (number | string)[], first = "2026-01-01") => units.map((value, at) => `${item},${addDays(first, at)},${value}`)
const forecast = (path: string, ...more: string[]) => runCommand("forecast", path, "--frequency", "day", "--horizon", "3", ...more)

describe("foresight forecast", () => {
  const steady = file([...days("cup", Array.from({ length: 60 }, (_, at) => 5 + (at % 7))), ...days("mug", Array.from({ length: 60 }, (_, at) => at % 3))])

  it("writes one row an item and future period, with the levels asked for", async () => {
    const { code, stdout, stderr } = await forecast(steady, "--quantiles", "0.95,0.05,0.5", "--model", "exponential-smoothing")
    expect(code).toBe(0)
    expect(stdout.split("\n")[0]).toBe("item_id,date,mean,q0.05,q0.5,q0.95")
    expect(rowsOf(stdout).map(([item, date]) => [item, date])).toEqual(["cup", "mug"].flatMap((item) => ["2026-03-02", "2026-03-03", "2026-03-04"].map((date) => [item, date])))
    expectSoundRows(stdout, 6)
    expect(stderr).toContain("2 items, 60 periods from 2026-01-01 to 2026-03-01, 3 ahead by exponential-smoothing")
  })

  it("gives the same output for the same seed and data, by the best mix of models unless told", async () => {
    const [first, second] = [await forecast(steady), await forecast(steady)]
    expect(first.stdout).toBe(second.stdout)
    expect(first.stderr).toContain("by the best mix of models")
  })

  it("writes sums instead of periods, or beside them", async () => {
    const whole = await forecast(steady, "--sum", "--model", "exponential-smoothing")
    expect(whole.stdout.split("\n")[0]).toBe("item_id,horizon,mean,q0.1,q0.5,q0.9")
    expect(rowsOf(whole.stdout).map(([item, horizon]) => [item, horizon])).toEqual([["cup", "3"], ["mug", "3"]])
    const beside = join(folder, "sums.csv")
    const both = await forecast(steady, "--sum", "1,3", "--sum-out", beside, "--model", "exponential-smoothing")
    expect(both.stdout.split("\n")[0]).toBe("item_id,date,mean,q0.1,q0.5,q0.9")
    const sums = rowsOf(readFileSync(beside, "utf8"))
    expect(sums.map(([item, horizon]) => [item, horizon])).toEqual([["cup", "1"], ["cup", "3"], ["mug", "1"], ["mug", "3"]])
    // the sum over one period is that period
    expect(sums[0]?.slice(2)).toEqual(rowsOf(both.stdout)[0]?.slice(2))
  })

  it.each(["auto", "seasonal-naive"])("writes beside the forecast what each total is made of, in lines that sum to it: %s", async (model) => {
    const beside = join(folder, `reasons-${model}.csv`)
    const { stdout } = await forecast(steady, "--explain", beside, "--model", model)
    const [header = "", ...lines] = readFileSync(beside, "utf8").trimEnd().split("\n")
    expect(header).toBe("item_id,periods,expected,long_run,trend,season,calendar,price,stock_out,other,sentence")
    expect(lines.map((line) => line.split(",")[0])).toEqual(["cup", "mug"])
    for (const line of lines) {
      const [figures = "", sentence = ""] = line.split(',"')
      expect(sentence).toMatch(/^The next 3 days should sell about .+\."$/)
      const [item, periods = NaN, expected = NaN, longRun = NaN, ...reasons] = figures.split(",").map((cell, at) => (at === 0 ? cell : Number(cell))) as [string, ...number[]]
      const means = rowsOf(stdout).flatMap(([id, , mean]) => (id === item ? [Number(mean)] : []))
      expect(periods).toBe(3)
      expect(Math.abs(expected - means.reduce((sum, mean) => sum + mean, 0))).toBeLessThan(3e-4) // four decimals each
      expect(Math.abs(periods * longRun + reasons.reduce((sum, units) => sum + units, 0) - expected)).toBeLessThan(6e-4)
    }
  })

  it("counts what could not be sold for lack of stock as a reason", async () => {
    const beside = join(folder, "stock-outs.csv")
    const rows = Array.from({ length: 30 }, (_, at) => `cup,${addDays("2026-01-01", at)},${at % 3 === 2 ? 0 : 6},${at % 3 === 2 ? 0 : 1}`)
    await forecast(file(rows, "item_id,date,quantity,in_stock"), "--explain", beside, "--model", "exponential-smoothing")
    const [header = "", line = ""] = readFileSync(beside, "utf8").split("\n")
    const told = (name: string) => Number(line.split(",")[header.split(",").indexOf(name)])
    // 4 a day were sold, 6 a day in stock
    expect([told("long_run"), told("stock_out")]).toEqual([4, 6])
    expect(line).toContain("what could not be sold for lack of stock (+6)")
  })

  it("says from whom an item of a few days borrows", async () => {
    const beside = join(folder, "newcomers.csv")
    const began = (item: string, title: string, first: number) => days(item, new Array<number>(30 - first).fill(4), addDays("2026-01-01", first)).map((line) => `${line},${title}`)
    const rows = [...began("old", "plain jar", 0), ...["cup", "jug", "pan", "hat", "bag"].flatMap((item) => began(item, `owl ${item}`, 5)), ...began("young", "owl cup blue", 26)]
    await forecast(file(rows, "item_id,date,quantity,title"), "--explain", beside, "--model", "borrowed")
    const said = new Map(readFileSync(beside, "utf8").trimEnd().split("\n").map((line) => [line.split(",")[0], line]))
    expect(said.get("young")).toMatch(/Too new to tell by itself: 5 others without a category were new before it\. Most alike by name: owl cup/)
    expect(said.get("cup")).not.toContain("Too new")
  })

  it("writes to a file, packed where its name says so, and leaves nothing half done", async () => {
    const [plain, packed] = [join(folder, "out.csv"), join(folder, "out.csv.gz")]
    expect((await forecast(steady, "--out", plain, "--model", "seasonal-naive")).stdout).toBe("")
    await forecast(steady, "--out", packed, "--model", "seasonal-naive")
    expect(gunzipSync(readFileSync(packed)).toString()).toBe(readFileSync(plain, "utf8"))
    expectSoundRows(readFileSync(plain, "utf8"), 6)
    expect(readdirSync(folder).filter((name) => name.endsWith(".partial"))).toEqual([])
    const nowhere = await forecast(steady, "--out", join(folder, "no-folder", "x.csv"))
    expect(nowhere.code).toBe(2)
    expect(nowhere.stderr).toContain("cannot be written")
  })

  it("leaves nothing half written when Ctrl-C comes twice", async () => {
    const stopped = join(folder, "stopped")
    mkdirSync(stopped)
    const running = forecast(steady, "--out", join(stopped, "out.csv.gz"), "--explain", join(stopped, "why.csv"), "--model", "seasonal-naive")
    while (!existsSync(join(stopped, "why.csv.partial"))) await nextTurn()
    const leftAtTheEnd: string[][] = []
    const exit = jest.spyOn(process, "exit").mockImplementation((() => void leftAtTheEnd.push(readdirSync(stopped))) as never)
    process.emit("SIGINT")
    process.emit("SIGINT")
    exit.mockRestore()
    await running // a real process would be gone
    expect([leftAtTheEnd, readdirSync(stopped)]).toEqual([[[]], []])
  })

  it("prints one JSON document on request, logs apart", async () => {
    const { stdout } = await forecast(file([...days("a", [1, 2, 3, 4, 5]), "ghost,2026-01-01,"]), "--json")
    const document = JSON.parse(stdout) as { forecasts: Record<string, unknown>[] }
    expect(document).toMatchObject({ model: "auto", frequency: "day", horizon: 3, from: "2026-01-01", to: "2026-01-05", items: 1, refused: [{ item_id: "ghost", reason: expect.stringContaining("no row has a quantity") as string }] })
    expect(document.forecasts).toHaveLength(3)
    expect(document.forecasts[0]).toMatchObject({ item_id: "a", date: "2026-01-06", mean: expect.any(Number) as number, "q0.1": expect.any(Number) as number })
    const out = join(folder, "json.csv")
    expect(JSON.parse((await forecast(steady, "--json", "--out", out)).stdout)).not.toHaveProperty("forecasts")
    expect(existsSync(out)).toBe(true)
  })

  it("names locations where the file does", async () => {
    const { stdout } = await forecast(file(["a,2026-01-01,1,north", "a,2026-01-02,2,south"], "item_id,date,quantity,location_id"), "--model", "seasonal-naive")
    expect(stdout.split("\n")[0]).toBe("item_id,location_id,date,mean,q0.1,q0.5,q0.9")
    expect(rowsOf(stdout).map(([, location]) => location)).toEqual(["north", "north", "north", "south", "south", "south"])
  })

  it("counts a country's holidays as known in advance", async () => {
    expect((await forecast(steady, "--country", "DE", "--model", "seasonal-naive")).code).toBe(0)
    const unknown = await forecast(steady, "--country", "XX")
    expect(unknown.code).toBe(2)
    expect(unknown.stderr).toContain('country is "XX"')
  })

  describe("odd histories: a forecast with a band or a named refusal, never NaN", () => {
    it.each([
      ["one point", days("a", [7]), 3],
      ["two points", days("a", [7, 3]), 3],
      ["five points", days("a", [7, 3, 0, 2, 9]), 3],
      ["all zeros", days("a", new Array<number>(40).fill(0)), 3],
      ["a constant", days("a", new Array<number>(40).fill(4)), 3],
      ["one spike of 80,995", days("a", [...new Array<number>(20).fill(1), 80_995, ...new Array<number>(20).fill(1)]), 3],
      ["returns", days("a", [5, -3, 2, -9, 4, 1]), 3],
      ["duplicate dates", [...days("a", [1, 2, 3]), ...days("a", [4, 5, 6])], 3],
      ["dates out of order", days("a", [1, 2, 3, 4, 5, 6]).reverse(), 3],
      ["a gap of a year", ["a,2025-01-01,3", "a,2026-01-01,4"], 3],
      ["mixed frequencies", [...days("daily", [1, 2, 3, 4, 5, 6, 7, 8]), "monthly,2026-01-01,30", "weekly,2026-01-01,8", "weekly,2026-01-08,9"], 9],
      ["huge and tiny numbers", days("a", [1e12, 0.0001, 0, 1e12, 3]), 3],
    ])("%s", async (_, rows, expected) => {
      const { code, stdout } = await forecast(file(rows), "--quantiles", "0.001,0.1,0.5,0.9,0.999")
      expect(code).toBe(0)
      expectSoundRows(stdout, expected)
    })

    it("a price of 0", async () => {
      const { code, stdout, stderr } = await forecast(file(["a,2026-01-01,1,0", "a,2026-01-02,2,5"], "item_id,date,quantity,price"))
      expect(code).toBe(0)
      expectSoundRows(stdout, 3)
      expect(stderr).toContain("price of 0")
    })

    it("a horizon longer than the history", async () => {
      const { stdout } = await runCommand("forecast", file(days("a", [1, 2, 3])), "--frequency", "day", "--horizon", "40")
      expectSoundRows(stdout, 40)
    })

    it("any series at all", async () => {
      const units = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: -20, max: 50 }), fc.double({ min: 0, max: 1e5, noNaN: true }), fc.constant("")), { minLength: 1, maxLength: 30 })
      await fc.assert(
        fc.asyncProperty(fc.array(units, { minLength: 1, maxLength: 4 }), async (series) => {
          const { code, stdout, stderr } = await forecast(file(series.flatMap((values, at) => days(`s${at}`, values))))
          const refused = stderr.split("is not forecast").length - 1
          if (refused === series.length || stderr.includes("no row has a quantity; expected")) return expect(code).toBe(2)
          expect(code).toBe(0)
          expectSoundRows(stdout, 3 * (series.length - refused))
        }),
        { numRuns: 25 }
      )
    })
  })

  describe("bad input ends with 2 and says what to mend", () => {
    it.each([
      ["NaN for a quantity", ["a,2026-01-01,NaN"], [], 'line 2, column quantity: found "NaN"'],
      ["a date that does not exist", ["a,2026-02-30,1"], [], 'line 2, column date: found "2026-02-30"'],
      ["no item at all", [], [], "has a header and no line after it"],
      ["a level that is none", ["a,2026-01-01,1"], ["--quantiles", "0.5,1.5"], '--quantiles holds "1.5"; expected levels from 0.001 to 0.999'],
      ["a model that is none", ["a,2026-01-01,1"], ["--model", "oracle"], '--model is "oracle"; expected one of auto,'],
      ["a sum beyond the horizon", ["a,2026-01-01,1"], ["--sum", "9"], '--sum holds "9"; expected whole numbers from 1 to the horizon of 3'],
      ["a file for sums without sums", ["a,2026-01-01,1"], ["--sum-out", "x.csv"], "--sum-out needs --sum"],
      ["one file for two outputs", ["a,2026-01-01,1"], ["--out", "x.csv", "--explain", "./x.csv"], "name one file twice"],
      ["a known column that is not there", ["a,2026-01-01,1"], ["--known", "promo"], '--known "promo" is no column'],
    ])("%s", async (_, rows, more, message) => {
      const { code, stdout, stderr } = await forecast(file(rows), ...more)
      expect([code, stdout]).toEqual([2, ""])
      expect(stderr).toContain(message)
    })

    it("a file that is not there, a folder, or a missing option", async () => {
      expect(await forecast(join(folder, "nothing.csv"))).toMatchObject({ code: 2, stderr: expect.stringContaining("nothing.csv does not exist") as string })
      expect(await forecast(folder)).toMatchObject({ code: 2, stderr: expect.stringContaining("is no file") as string })
      expect(await runCommand("forecast", steady, "--horizon", "3")).toMatchObject({ code: 2, stderr: expect.stringContaining("--frequency <unit>' not specified") as string })
      expect(await runCommand("forecast", steady, "--frequency", "year", "--horizon", "3")).toMatchObject({ code: 2, stderr: expect.stringContaining("day, week, month") as string })
    })
  })
})
