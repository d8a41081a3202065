import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { callModule } from "../../support/call-module"

const MODULE = join(__dirname, "../../bench/forecast-sets.mjs")
const folder = mkdtempSync(join(tmpdir(), "foresight-sets-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (script: string) => execFileSync(process.execPath, ["--input-type=module", "--eval", `import * as sets from ${JSON.stringify(pathToFileURL(MODULE).href)}\n${script}`], { cwd: folder })

describe("originsOf()", () => {
  it("lets the last horizon end with the data and steps by it", () => {
    const dates = Array.from({ length: 10 }, (_, at) => `d${at}`)
    expect(callModule(MODULE, "originsOf", dates, { horizon: 2, origins: 3 })).toEqual(["d3", "d5", "d7"])
  })
})

describe("cutFile()", () => {
  const truth = ["item_id,date,quantity,price,promo,store", "a,2024-01-01,5,9,0,x", "a,2024-01-02,6,9,1,x", "a,2024-01-03,7,8,1,x", "a,2024-01-04,8,8,0,x"]
  const cut = (known: string[], statics: string[]) => {
    writeFileSync(join(folder, "truth.csv"), `${truth.join("\n")}\n`)
    run(`await sets.cutFile("truth.csv", "cut.csv", ${JSON.stringify({ known, statics })}, "2024-01-02", "2024-01-03")`)
    return readFileSync(join(folder, "cut.csv"), "utf8").trimEnd().split("\n")
  }

  it("keeps after the origin what is known ahead or fixed, within the horizon, and nothing else", () => {
    expect(cut(["promo"], ["store"])).toEqual([truth[0], truth[1], truth[2], "a,2024-01-03,,,1,x"])
  })
  it("keeps nothing after the origin where nothing is known ahead", () => expect(cut([], [])).toEqual(truth.slice(0, 3)))
})

describe("addOrigin()", () => {
  it("puts origins under one header", () => {
    writeFileSync(join(folder, "one.csv"), "item_id,date,mean\na,2024-01-03,1\n")
    run(`await sets.addOrigin("one.csv", "all.csv", "2024-01-02", true); await sets.addOrigin("one.csv", "all.csv", "2024-01-09", false)`)
    expect(readFileSync(join(folder, "all.csv"), "utf8")).toBe("item_id,origin,date,mean\na,2024-01-02,2024-01-03,1\na,2024-01-09,2024-01-03,1\n")
  })
})
