import { createProgram, main } from "../../../src/cli/main"

describe("foresight", () => {
  let said: string
  beforeEach(() => {
    said = ""
    const hear = (text: unknown) => {
      said += String(text)
      return true
    }
    jest.spyOn(process.stderr, "write").mockImplementation(hear)
    jest.spyOn(process.stdout, "write").mockImplementation(hear)
  })
  afterEach(() => jest.restoreAllMocks())

  it("lists its commands", async () => {
    expect(await main(["--help"])).toBe(0)
    for (const name of ["worker", "doctor", "import", "backfill", "train", "run", "models", "forecast", "backtest", "uninstall"]) expect(said).toContain(`  ${name}`)
  })

  it("gives every command --help, --json and --seed", () => {
    const leaves = (command: ReturnType<typeof createProgram>): ReturnType<typeof createProgram>[] => (command.commands.length > 0 ? command.commands.flatMap(leaves) : [command])
    const found = leaves(createProgram(() => undefined))
    expect(found.map((command) => command.name())).toEqual(["worker", "doctor", "import", "backfill", "train", "nightly", "list", "promote", "rollback", "forecast", "backtest", "uninstall"])
    for (const command of found) expect(command.options.map(({ long }) => long)).toEqual(expect.arrayContaining(["--json", "--seed"]))
  })

  it.each([
    ["an unknown command", ["conquer"], "unknown command 'conquer'"],
    ["a missing file", ["import"], "missing required argument 'file'"],
    ["a seed that is no whole number", ["train", "--seed", "1.5"], "Expected a whole number from 0"],
    ["an unknown choice", ["run", "nightly", "--train", "some"], "Allowed choices are due, all, none"],
    ["an unknown option", ["doctor", "--fast"], "unknown option '--fast'"],
  ])("answers %s with exit code 2 and the reason", async (_, argv, reason) => {
    expect(await main(argv)).toBe(2)
    expect(said).toContain(reason)
  })
})
