import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createProgram } from "../../../src/cli/main"
import { runCommand } from "../../support/run-command"

jest.mock("../../../src/cli/forecast.js", () => jest.requireActual<object>("../../../src/cli/forecast"), { virtual: true })
jest.mock("../../../src/cli/backtest.js", () => jest.requireActual<object>("../../../src/cli/backtest"), { virtual: true })

const page = readFileSync(join(__dirname, "../../../docs/forecast-files.md"), "utf8")
const blocks = Array.from(page.matchAll(/```(\w+)(?: (\S+))?\n([^]*?)```/g), ([, kind = "", name = "", text = ""]) => ({ kind, name, text }))
const commands = blocks.flatMap(({ kind, text }, at) => (kind === "sh" ? [{ line: text.trim(), shown: blocks[at + 1]?.kind === "text" && blocks[at + 1]?.name === "" ? blocks[at + 1]?.text : undefined }] : []))
/** All but the figures, which change with the models. */
const keysOf = (csv: string) => csv.trimEnd().split("\n").map((line, at) => (at === 0 ? line : line.split(",").slice(0, 2).join(",")))

describe("docs/forecast-files.md", () => {
  const folder = mkdtempSync(join(tmpdir(), "foresight-docs-"))
  beforeAll(() => {
    for (const { kind, name, text } of blocks) if (kind === "csv") writeFileSync(join(folder, name), text)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(commands)("$line runs as shown", async ({ line, shown }) => {
    const argv = line.split(" ").slice(1).map((word) => (word.endsWith(".csv") ? join(folder, word) : word))
    const { code, stdout } = await runCommand(...argv)
    expect(code).toBe(0)
    if (shown !== undefined) expect(keysOf(stdout)).toEqual(keysOf(shown))
    const out = argv[argv.indexOf("--out") + 1] ?? ""
    if (argv.includes("--out")) expect(existsSync(out)).toBe(true)
  })

  it("shows the messages of wrong input word for word", async () => {
    writeFileSync(join(folder, "wrong.csv"), "item_id,date,quantity\na,2026-01-01,NaN\nb,2026-02-30,3\n")
    const { code, stderr } = await runCommand("forecast", join(folder, "wrong.csv"), "--frequency", "day", "--horizon", "2")
    expect(code).toBe(2)
    expect(stderr.replaceAll(join(folder, "wrong.csv"), "sales.csv")).toContain(blocks.find(({ name }) => name === "stderr")?.text.trim())
  })

  it.each(["forecast", "backtest"])("names every option of %s", (name) => {
    const options = createProgram(() => undefined).commands.find((command) => command.name() === name)?.options ?? []
    expect(options.length).toBeGreaterThan(5)
    for (const { long } of options) expect(page).toContain(String(long))
  })
})
