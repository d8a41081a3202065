import { dateEvidence, decimalEvidence, detectSeparator, StyleEvidence } from "../../../../src/domain/imports/file-style"
import { parseDecimal } from "../../../../src/domain/imports/parse-fields"
import fc from "../../../support/properties"

describe("detectSeparator()", () => {
  it.each([
    ["a,b,c", ","],
    ["a;b;c,d", ";"],
    ["a\tb", "\t"],
    ["one column", ","],
  ])("in %j is %j", (header, separator) => expect(detectSeparator(header)).toBe(separator))
})

describe("decimalEvidence()", () => {
  it.each([
    ["12.5", "dot"],
    ["1,234.567", "dot"],
    ["-0.25", "dot"],
    ["12,5", "comma"],
    ["1.234,567", "comma"],
    ["3", null],
    ["1,234", null], // thousands in England, three decimals in France
    ["1.234", null],
    ["", null],
    ["abc", null],
  ])("of %j is %s", (text, mark) => expect(decimalEvidence(text)).toBe(mark))
})

describe("dateEvidence()", () => {
  it.each([
    ["2026-03-04", "ymd"],
    ["31/01/2026", "dmy"],
    ["01/31/2026", "mdy"],
    ["03/04/2026 8:26", "both"],
    ["03.04.2026", "dmy"],
    ["yesterday", null],
  ])("of %j is %s", (text, order) => expect(dateEvidence(text)).toBe(order))
})

describe("StyleEvidence", () => {
  it("names two dates that contradict each other", () => {
    const evidence = new StyleEvidence()
    for (const text of ["31/01/2026", "01/31/2026"]) evidence.date(text)
    expect(() => evidence.dates).toThrow('"31/01/2026" and "01/31/2026" have different orders')
  })
})

describe("parseDecimal()", () => {
  it.each([
    ["1.234,56", "comma", 1234.56],
    ["12,50", "comma", 12.5],
    ["6", "comma", 6],
    ["-1.000", "comma", -1000],
    ["1,234.56", "dot", 1234.56],
    ["1,234,567", "dot", 1_234_567],
  ] as const)("reads %s with a decimal %s", (text, mark, value) => expect(parseDecimal(text, mark)).toEqual({ value }))
  it.each([
    ["12.50", "comma"],
    ["1.23,4", "comma"],
    ["1,234", "dot"],
    ["12,34.5", "dot"],
    [",", "comma"],
    ["", "comma"],
  ] as const)("refuses %j with a decimal %s", (text, mark) => expect(parseDecimal(text, mark)).toHaveProperty("problem"))

  // what a German spreadsheet writes of a number, with thousands or without, means that number
  it("reads back what Intl writes", () =>
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999, max: 99_999_999 }), fc.boolean(), (cents, useGrouping) => {
        const text = new Intl.NumberFormat("de-DE", { minimumFractionDigits: 2, useGrouping }).format(cents / 100)
        expect(parseDecimal(text, "comma")).toEqual({ value: cents / 100 })
      }),
      { numRuns: 10_000 }
    ))
})
