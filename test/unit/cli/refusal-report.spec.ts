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

  it("lists every refusal in the file and the first 20 for the message", async () => {
    const path = join(folder, "all.csv")
    const report = createRefusalReport(path)
    for (let line = 1; line <= 25; line += 1) await report.add({ line, column: "quantity", value: 'x"y', message: "expected a number" })
    expect(await report.close()).toBe(path)
    expect(readFileSync(path, "utf8").split("\n").slice(0, 2)).toEqual(["line,column,value,message", '"1","quantity","x""y","expected a number"'])
    expect(report).toMatchObject({ count: 25 })
    expect(report.lines()).toHaveLength(21)
    expect(report.lines().at(-1)).toBe("… and 5 more")
  })

  it("says which other option to give when its folder does not exist", async () => {
    const report = createRefusalReport(join(folder, "missing", "all.csv"))
    await expect(report.add({ line: 2, column: null, value: "x", message: "no" })).rejects.toMatchObject({ code: "invalid_options", message: expect.stringContaining("--report") as string })
    expect(await report.close()).toBeNull()
  })

  const onLinux = existsSync("/dev/full") ? it : it.skip
  onLinux("tells at the end that the disk is full, instead of ending the process", async () => {
    const report = createRefusalReport("/dev/full")
    await report.add({ line: 2, column: null, value: "x", message: "no" })
    await expect(report.close()).rejects.toMatchObject({ code: "invalid_options", message: expect.stringContaining("ENOSPC") as string })
  })
})
