import { ForesightError } from "../../../src/domain/errors"
import { fitOrNothing } from "../../../src/learning/fit-or-nothing"

const failing = (error: Error) => fitOrNothing(() => Promise.reject(error))

describe("fitOrNothing()", () => {
  it("gives what was fitted", async () => expect(await fitOrNothing(async () => "a model")).toBe("a model"))

  it("gives nothing where there is too little to learn from", async () => expect(await failing(new ForesightError("too_little_data", "three weeks"))).toBeNull())

  it("hides no other error", async () => {
    await expect(failing(new ForesightError("invalid_series", "units[3] is -1"))).rejects.toMatchObject({ code: "invalid_series" })
    await expect(failing(new TypeError("not a function"))).rejects.toThrow(TypeError)
  })
})
