import { demandRemarks, describeDemand, type DemandFacts } from "../../../../src/domain/insight/describe-demand"

const weeks = (length: number, units: number) => new Array<number>(length).fill(units)
const facts = (own: Partial<DemandFacts>): DemandFacts => ({ demandClass: "smooth", historyWeeks: 60, demand: weeks(60, 10), soldLately: 40, missedLately: 0, expected: 40, promotion: null, isOverridden: false, ...own })

describe("describeDemand()", () => {
  it("says how it sells and nothing more where nothing else happened", () => expect(describeDemand(facts({}))).toBe("Sells regularly, about 10 a week."))
  it("says nothing of a pattern where there is none yet", () => {
    expect(describeDemand(facts({ historyWeeks: 0, demand: weeks(60, 0) }))).toBe("Nothing was sold yet.")
    expect(describeDemand(facts({ demandClass: "new", historyWeeks: 3, demand: [NaN, NaN, 4, 0, 2.5] }))).toBe("Too new to see a pattern (6.5 sold in 3 weeks): the forecast leans on similar items.")
  })
  it("says what several items sell together", () => expect(describeDemand(facts({ demandClass: null }))).toBe("About 10 a week together."))

  it("compares the last four weeks with the twelve before and with a year ago", () => {
    // 15 after 10: +50%; a year ago 10: +50%; the year's mean: (48 · 10 + 4 · 15) / 52
    const text = describeDemand(facts({ demand: [...weeks(56, 10), ...weeks(4, 15)] }))
    expect(text).toBe("Sells regularly, about 10 a week; the last 4 weeks were 50% stronger than the 12 before; 50% stronger than a year ago.")
  })

  it("tells of the season ahead by last year's same weeks", () => {
    // weeks 52 … 49 ago sold 20, the year's mean is (48 · 10 + 4 · 20) / 52 = 10.77
    const text = describeDemand(facts({ historyWeeks: 70, demand: [...weeks(8, 10), ...weeks(4, 20), ...weeks(48, 10)] }))
    expect(text).toContain("last year the coming weeks were 86% stronger than the year's mean")
  })

  it("does not speak of changes behind which stand few units, or that are small", () => {
    expect(demandRemarks(facts({ demand: [...weeks(56, 0.5), ...weeks(4, 1)] })).map(({ code }) => code)).toEqual(["sells"])
    expect(demandRemarks(facts({ demand: [...weeks(56, 100), ...weeks(4, 110)] })).map(({ code }) => code)).toEqual(["sells"])
    expect(demandRemarks(facts({ historyWeeks: 15, demand: [...weeks(11, 10), ...weeks(4, 20)] })).map(({ code }) => code)).toEqual(["sells"]) // 16 weeks are compared
  })

  it("names promotions, what stock-outs cost, and what was set by hand", () => {
    const own = { promotion: { code: "SUMMER", isRunning: false }, missedLately: 9, isOverridden: true, expected: 80 }
    expect(describeDemand(facts(own))).toBe("Sells regularly, about 10 a week; promotion SUMMER begins soon; out of stock lately: about 9 more would have been sold; the next 4 weeks were set by hand to 80.")
    expect(describeDemand(facts({ promotion: { code: "SUMMER", isRunning: true } }))).toContain("promotion SUMMER is running")
    expect(describeDemand(facts({ missedLately: 5 }))).not.toContain("out of stock") // less than 15% of 40
  })
})
