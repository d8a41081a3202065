import { parseDecimal, parseInstant } from "../../../../src/domain/imports/parse-fields"
import { createZoneClock } from "../../../../src/domain/imports/zone-clock"

const parsed = (text: string, zone = "Europe/Berlin") => {
  const result = parseInstant(text, createZoneClock(zone))
  return "value" in result ? new Date(result.value).toISOString() : result.problem
}

describe("parseDecimal()", () => {
  it.each([
    ["12", 12],
    ["-0.5", -0.5],
    ["+3.", 3],
    [".25", 0.25],
    ["1e-3", 0.001],
  ])("reads %s", (text, value) => expect(parseDecimal(text)).toEqual({ value }))
  it.each(["", "abc", "1 2", "0x10", "NaN", "Infinity", "1.2.3", "--1", "1e999", "5e9"])("refuses %j", (text) => expect(parseDecimal(text)).toHaveProperty("problem"))
  it("says what to do about a decimal comma", () => {
    expect(parseDecimal("2,55")).toEqual({ problem: "expected a number with a decimal dot, without separators" })
  })
})

describe("parseInstant()", () => {
  it("reads ISO 8601 with offset as it stands", () => {
    expect(parsed("2026-03-02T10:00:00Z")).toBe("2026-03-02T10:00:00.000Z")
    expect(parsed("2026-03-02T10:00:00.250+05:30")).toBe("2026-03-02T04:30:00.250Z")
    expect(parsed("2026-03-02 10:00-0800")).toBe("2026-03-02T18:00:00.000Z")
  })
  it("takes the shop's clock without offset", () => {
    expect(parsed("2026-07-02 10:00:00")).toBe("2026-07-02T08:00:00.000Z")
    expect(parsed("2026-01-02")).toBe("2026-01-01T23:00:00.000Z")
    expect(parsed("2026-01-02T09:15", "America/New_York")).toBe("2026-01-02T14:15:00.000Z")
  })
  it.each(["2026-02-30", "2026-13-01", "2026-01-01 24:00:00", "2026-01-01T10:61:00", "1969-12-31", "2026-01-01T00:00:00+19:00"])("refuses %s, which no clock shows", (text) =>
    expect(parsed(text)).toMatch(/^expected (a real date|an offset)/)
  )
  it.each(["", "01/02/2026", "2026-1-2", "yesterday", "1772445600", "2026-03-02T10"])("refuses %j", (text) =>
    expect(parsed(text)).toBe("expected ISO 8601 or YYYY-MM-DD HH:mm:ss")
  )
})
