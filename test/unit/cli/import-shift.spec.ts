import { shiftKept, withShift } from "../../../src/cli/import-shift"

const report = (format: string, own: { status?: "done" | "inserting" | "failed" | "canceled" | "staging"; linesKept?: number; linesDuplicate?: number } = {}) => ({
  format,
  status: "done" as const,
  linesKept: 3,
  linesDuplicate: 0,
  ...own,
})

describe("shiftKept()", () => {
  it("leaves the first import of a content free", () => {
    expect(shiftKept([], true)).toBeNull()
    expect(shiftKept([], false)).toBeNull()
  })

  it.each([0, 5, -2])("keeps the shift of an earlier import, %d weeks too", (weeks) => expect(shiftKept([report(withShift("orders", weeks))], true)).toBe(weeks))

  it("refuses the other treatment of lines that were kept", () => {
    expect(() => shiftKept([report("orders")], true)).toThrow("on its own dates")
    expect(() => shiftKept([report("orders, 0 weeks later")], false)).toThrow("0 weeks later")
    expect(() => shiftKept([report("orders", { status: "inserting", linesKept: 0 })], true)).toThrow("on its own dates")
    expect(() => shiftKept([report("orders", { linesKept: 0, linesDuplicate: 3 })], true)).toThrow("on its own dates")
  })

  it("is free again where nothing was kept, but goes on with an unfinished shift", () => {
    expect(shiftKept([report("orders", { status: "failed", linesKept: 0 })], true)).toBeNull()
    expect(shiftKept([report("orders, 4 weeks later", { status: "staging", linesKept: 0 })], true)).toBe(4)
    expect(shiftKept([report("orders, 4 weeks later", { status: "failed", linesKept: 0 })], false)).toBeNull()
  })
})
