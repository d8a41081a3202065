import { execFile } from "node:child_process"
import { randomBytes } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startTestPostgres, type TestPostgres } from "../../support/postgres"

const LAUNCH = join(__dirname, "../../../demo/launch")
const DEMO = join(__dirname, "../../../demo/run.mjs")

/** Runs a few lines that may use the launch modules; what they print as JSON is the answer. */
function script(folder: string, code: string, environment: Record<string, string>): Promise<unknown> {
  const lines = [
    `import { createProcesses } from ${JSON.stringify(`${LAUNCH}/processes.mjs`)}`,
    `import { startPostgres } from ${JSON.stringify(`${LAUNCH}/postgres.mjs`)}`,
    `import { startTemporal } from ${JSON.stringify(`${LAUNCH}/temporal.mjs`)}`,
    `const processes = createProcesses({ folder: ${JSON.stringify(folder)} })`,
    `const failure = (promise) => promise.then(() => null, (error) => ({ message: error.message, advice: error.advice }))`,
    `const environment = ${JSON.stringify(environment)}`,
    code,
    "await processes.stopAll()",
  ]
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ["--input-type=module", "-e", lines.join("\n")], (error, stdout, said) => (error ? reject(new Error(said || error.message)) : resolve(JSON.parse(stdout))))
  })
}

describe("servers that are given", () => {
  let postgres: TestPostgres
  let folder: string
  beforeAll(async () => {
    postgres = await startTestPostgres()
    folder = mkdtempSync(join(tmpdir(), "foresight-given-"))
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await postgres.stop()
  })

  it("makes and drops databases of its own on the server of DATABASE_URL, and refuses any other", async () => {
    const url = await postgres.createDatabase()
    const name = `foresight_test_own_${randomBytes(4).toString("hex")}`
    const code = `
      const server = await startPostgres({ processes, environment })
      const first = await server.createDatabase("${name}")
      const second = await server.createDatabase("${name}")
      const [{ current_database }] = await server.rows("${name}", "select current_database()")
      await server.dropDatabase("${name}")
      const refused = [await failure(server.dropDatabase("postgres")), await failure(server.createDatabase("shop")), await failure(server.rows("postgres", "select 1"))]
      console.log(JSON.stringify({ first, second, current_database, refused: refused.map((one) => one?.message) }))`
    expect(await script(folder, code, { DATABASE_URL: url })).toEqual({
      first: true,
      second: false,
      current_database: name,
      refused: ["postgres", "shop", "postgres"].map((other) => `database "${other}" is not ours; expected foresight_demo_… or foresight_test_…`),
    })
  })

  it("says what to do when DATABASE_URL names no server", async () => {
    const code = "console.log(JSON.stringify(await failure(startPostgres({ processes, environment }))))"
    expect(await script(folder, code, { DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" })).toEqual({
      message: expect.stringContaining("the server of DATABASE_URL does not answer") as string,
      advice: "Correct DATABASE_URL, or unset it: an embedded server is started then.",
    })
    expect(await script(folder, code, { DATABASE_URL: "mysql://localhost/shop" })).toMatchObject({ message: expect.stringContaining("expected postgres://user:password@host:port/database") as string })
  })

  it("refuses a Temporal namespace that is not its own", async () => {
    const code = `console.log(JSON.stringify(await failure(startTemporal({ processes, namespace: "default", program: null, environment }))))`
    expect(await script(folder, code, { TEMPORAL_ADDRESS: "127.0.0.1:1" })).toMatchObject({ message: 'namespace "default" is not ours; expected foresight_demo_… or foresight_test_…' })
  })
})

describe("npm run demo", () => {
  const demo = (...args: string[]) =>
    new Promise<{ code: number | string | undefined | null; said: string }>((resolve) => {
      execFile(process.execPath, [DEMO, ...args], (error, _, said) => resolve({ code: error ? error.code : 0, said }))
    })

  it.each([
    [["--bogus"], "--bogus"],
    [["--as-of", "2026-02-30"], '--as-of is "2026-02-30"; expected a day such as 2026-03-01'],
    [["--seed", "many"], '--seed is "many"; expected a whole number'],
  ])("answers %j with exit code 2 and its usage", async (args, message) => {
    const { code, said } = await demo(...args)
    expect(code).toBe(2)
    expect(said).toContain(message)
    expect(said).toContain("usage: npm run demo")
  })
})
