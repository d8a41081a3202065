import { spawnSync } from "node:child_process"
import { resolve } from "node:path"

const bench = (argument: string) => spawnSync(process.execPath, [resolve(__dirname, "../../bench/run.mjs"), argument], { encoding: "utf8" })

describe("npm run bench", () => {
  it("loads every bench and names them in its usage", () => {
    const { status, stdout } = bench("--help")
    expect([status, stdout]).toEqual([0, expect.stringContaining("[import|cycle|recommend-http|events-http|events-scale|openapi|boosting|forecast]")])
  })

  it("refuses a bench that it does not know, with the usage", () => {
    const { status, stderr } = bench("nothing")
    expect([status, stderr]).toEqual([2, expect.stringMatching(/unknown bench "nothing"[^]*usage: npm run bench/)])
  })
})
