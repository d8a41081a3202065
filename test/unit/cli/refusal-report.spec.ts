import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createRefusalReport } from "../../../src/cli/refusal-report"

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "foresight-test-"))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe("createRefusalReport()", () => {
  it("makes no file when nothing was refused", async () => {
    const path = join(folder, "none.csv")
    expect(await createRefusalReport(path).close()).toBeNull()
    expect(existsSync(path)).toBe(false)
  })

  it("lists every refusal in the file", async () => {
    const path = join(folder, "all.csv")
    const report = createRefusalReport(path)
    for (let line = 1; line <= 25; line += 1) await report.add([{ line, column: "quantity", value: 'x"y', message: "expected a number" }])
    expect(await report.close()).toBe(path)
    expect(readFileSync(path, "utf8").split("\n").slice(0, 2)).toEqual(["line,column,value,message", '"1","quantity","x""y","expected a number"'])
    expect(readFileSync(path, "utf8").trimEnd().split("\n")).toHaveLength(26)
  })

  it("says which other option to give when its folder does not exist", async () => {
    const report = createRefusalReport(join(folder, "missing", "all.csv"))
    await expect(report.add([{ line: 2, column: null, value: "x", message: "no" }])).rejects.toMatchObject({ code: "invalid_options", message: expect.stringContaining("--report") as string })
    expect(await report.close()).toBeNull()
  })

  it("lets no value run as a formula in a spreadsheet", async () => {
    const path = join(folder, "formula.csv")
    const report = createRefusalReport(path)
    await report.add([{ line: 2, column: "sku", value: "=1+1", message: "no" }])
    await report.close()
    expect(readFileSync(path, "utf8")).toContain(`"'=1+1"`)
  })

  const onLinux = existsSync("/dev/full") ? it : it.skip
  onLinux("tells at the end that the disk is full, instead of ending the process", async () => {
    const report = createRefusalReport("/dev/full")
    await report.add([{ line: 2, column: null, value: "x", message: "no" }])
    await expect(report.close()).rejects.toMatchObject({ code: "invalid_options", message: expect.stringContaining("ENOSPC") as string })
  })
})
