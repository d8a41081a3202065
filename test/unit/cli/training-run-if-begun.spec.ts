import { trainingRunIfBegun } from "../../../src/cli/training-run-if-begun"
import { ForesightError } from "../../../src/domain/errors"

/** A store whose look-up fails with `error`. */
const storesThatSay = (error: Error) => ({ stores: { trainingRuns: { get: () => Promise.reject(error) } } }) as unknown as Parameters<typeof trainingRunIfBegun>[0]

describe("trainingRunIfBegun()", () => {
  it("is null before the first step", async () => {
    expect(await trainingRunIfBegun(storesThatSay(new ForesightError("not_found", "no such run")), "trun_1")).toBeNull()
  })

  it("hides no other error", async () => {
    await expect(trainingRunIfBegun(storesThatSay(new Error("the database is gone")), "trun_1")).rejects.toThrow("the database is gone")
  })
})
