import { readWhatIf, USUAL_QUESTION } from "../../../../admin-extensions/components/what-if-fields"

describe("readWhatIf()", () => {
  it("asks for a tenth less over two weeks as it opens", () => expect(readWhatIf(USUAL_QUESTION, "v")).toEqual({ wish: { variant_id: "v", weeks: 2, price_change: -0.1 } }))
  it.each([
    ["−12,5", -0.125],
    ["+30", 0.3],
    [" 7.1 ", 0.071],
  ])("reads %p as people write it", (percent, change) => expect(readWhatIf({ ...USUAL_QUESTION, percent }, "v")).toEqual({ wish: { variant_id: "v", weeks: 2, price_change: change } }))
  it("asks for a promotion whatever stands in the price", () => expect(readWhatIf({ kind: "promotion", percent: "much", weeks: "3" }, "v")).toEqual({ wish: { variant_id: "v", weeks: 3, promotion: "true" } }))
  it.each(["", "0", "much", "-91", "201", "1e1"])("refuses %p percent", (percent) => expect(readWhatIf({ ...USUAL_QUESTION, percent }, "v")).toEqual({ problem: "percent" }))
  it.each(["", "0", "27", "1.5", "-2"])("refuses %p weeks", (weeks) => expect(readWhatIf({ ...USUAL_QUESTION, weeks }, "v")).toEqual({ problem: "weeks" }))
})
