import { formats } from "../../../../admin-extensions/hooks/formats"

const plain = (text: string) => text.replace(/\s/g, " ")

describe("formats()", () => {
  const en = formats("en")
  it("keeps thousandths of units", () => expect(en.units(1234.5678)).toBe("1,234.568"))
  it("puts a sign before what is added and taken away, none before zero", () => expect([3, -24, 0].map(en.signed)).toEqual(["+3", "−24", "0"]))
  it("does not call a small chance none", () => expect(en.chance(0.004)).toBe("< 1%"))
  it("does not call a large chance certain", () => expect(en.chance(0.9999)).toBe("> 99%"))
  it("says 0% and 100% where it is so", () => expect([en.chance(0), en.chance(1)]).toEqual(["0%", "100%"]))
  it("writes a day as that day", () => expect(en.day("2026-03-01")).toBe("Mar 1, 2026"))
  it("writes numbers and days the German way", () => {
    const de = formats("de")
    expect([de.units(1234.5), plain(de.share(0.975)), de.day("2026-03-01")]).toEqual(["1.234,5", "97,5 %", "01.03.2026"])
  })
})
