import { kindsOf } from "../../../src/cli/train"

describe("kindsOf()", () => {
  it("is one kind, or all in the order they are trained", () => {
    expect(kindsOf("taste")).toEqual(["taste"])
    expect(kindsOf("all")).toEqual(["demand", "taste", "session"])
  })
  it("names what it does not know", () => expect(() => kindsOf("text")).toThrow('"text" is no kind of model; expected demand, taste, session or all'))
})
