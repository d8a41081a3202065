import { dayNumber } from "../../../src/domain/day"
import { DateCells, parseFlag, parseKnown, parseNumber } from "../../../src/sales/sales-cells"

describe("parseNumber()", () => {
  it.each([["12", 12], ["-3.5", -3.5], [".5", 0.5], ["1e3", 1000], ["+7", 7], ["2.", 2]])("reads %s", (text, value) => expect(parseNumber(text)).toBe(value))
  it.each(["", "NaN", "Infinity", "1,5", "1 000", "0x10", "12 pcs", "--1", "1e13", "1e999"])("refuses %j", (text) => expect(parseNumber(text)).toBeNull())
})

describe("parseFlag() and parseKnown()", () => {
  it("read 1, 0, true and false in any case", () => {
    expect(["1", "true", "TRUE", "1.0"].map(parseFlag)).toEqual([true, true, true, true])
    expect(["0", "False", "0.0"].map(parseFlag)).toEqual([false, false, false])
    expect(["2", "yes", ""].map(parseFlag)).toEqual([null, null, null])
    expect(["true", "0", "2.5", "x"].map(parseKnown)).toEqual([1, 0, 2.5, null])
  })
})

describe("DateCells", () => {
  it("reads ISO 8601 dates with and without a time", () => {
    const cells = new DateCells("day")
    for (const text of ["2026-03-31", "2026-03-31T23:59:59Z", "2026-03-31 08:00", "2026-03-31T08:00:00.123+02:00"]) expect(cells.parse(text)).toBe(dayNumber("2026-03-31"))
  })
  it.each(["2026-02-30", "2026-13-01", "31.12.2026", "03/31/2026", "2026-3-1", "20260301", "2026-03", "", "2026-03-31x"])("refuses %j", (text) => expect(new DateCells("day").parse(text)).toBeNull())
  it("takes a month for its first day where periods are months", () => {
    const cells = new DateCells("month")
    expect(cells.parse("2026-03")).toBe(dayNumber("2026-03-01"))
    expect(cells.parse("2026-13")).toBeNull()
    expect(cells.expected).toContain("2026-03")
  })
})
