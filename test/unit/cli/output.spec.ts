import { exitCodeOf, messageOf, table } from "../../../src/cli/output"
import { ForesightError } from "../../../src/domain/errors"

describe("exitCodeOf()", () => {
  it("is 2 where the user can mend it, else 1", () => {
    expect(exitCodeOf(new ForesightError("invalid_file", "line 3"))).toBe(2)
    expect(exitCodeOf(new ForesightError("unavailable", "Temporal is away"))).toBe(1)
    expect(exitCodeOf(new Error("boom"))).toBe(1)
  })
})

describe("messageOf()", () => {
  it("is the message alone: no stack meets the user", () => expect(messageOf(new Error("boom"))).toBe("boom"))
})

describe("table()", () => {
  it("aligns columns by their widest cell", () => expect(table([["A", "NAME"], ["long", "x"]])).toBe("A     NAME\nlong  x"))
})
