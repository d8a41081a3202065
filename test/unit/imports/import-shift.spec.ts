import type { ImportStatus } from "../../../src/database/stores/import-store"
import { shiftKept } from "../../../src/imports/import-shift"

const report = (shiftWeeks: number | null, own: { status?: ImportStatus; linesKept?: number; linesDuplicate?: number } = {}) => ({ shiftWeeks, status: "done" as const, linesKept: 3, linesDuplicate: 0, ...own })

describe("shiftKept()", () => {
  it("leaves the first import of a content free", () => {
    expect(shiftKept([], true)).toBeNull()
    expect(shiftKept([], false)).toBeNull()
  })

  it.each([0, 5, -2])("keeps the shift of an earlier import, %d weeks too", (weeks) => expect(shiftKept([report(weeks)], true)).toBe(weeks))

  it("refuses the other treatment of lines that were kept", () => {
    expect(() => shiftKept([report(null)], true)).toThrow("on its own dates")
    expect(() => shiftKept([report(0)], false)).toThrow("0 weeks later")
    expect(() => shiftKept([report(null, { status: "inserting", linesKept: 0 })], true)).toThrow("on its own dates")
    expect(() => shiftKept([report(null, { linesKept: 0, linesDuplicate: 3 })], true)).toThrow("on its own dates")
  })

  it("is free again where nothing was kept, but goes on with an unfinished shift", () => {
    expect(shiftKept([report(null, { status: "failed", linesKept: 0 })], true)).toBeNull()
    expect(shiftKept([report(4, { status: "staging", linesKept: 0 })], true)).toBe(4)
    expect(shiftKept([report(4, { status: "failed", linesKept: 0 })], false)).toBeNull()
  })
})
