import { REASON_GROUPS, type ReasonGroup } from "../../../../src/domain/demand/explain/explain-forecasts"
import { describeForecast, describeReasons, reasonsRemark, sumOfReasons } from "../../../../src/domain/insight/describe-reasons"

const reasons = (units: Partial<Record<ReasonGroup, number>>) => REASON_GROUPS.map((group) => ({ group, units: units[group] ?? 0 }))
const say = (longRun: number, units: Partial<Record<ReasonGroup, number>>, weeks = 4) => describeReasons(reasonsRemark({ weeks, longRun, reasons: reasons(units) }))

describe("describeReasons()", () => {
  it("says how far from usual and by what, the weightiest first", () => {
    expect(say(10, { season: 8, trend: 5.4, price: -1.6 })).toBe("The next 4 weeks should sell about 52, 12 more than usual, mostly: the season (+8), how it sold lately (+5.4), its price (−1.6).")
    expect(say(10, { trend: -22 })).toBe("The next 4 weeks should sell about 18, 22 fewer than usual, mostly: how it sold lately (−22).")
  })
  it("leaves out reasons below a fifth of the weightiest and names three at most", () => {
    expect(say(10, { season: 20, trend: 3.9 })).toBe("The next 4 weeks should sell about 64, 24 more than usual, mostly: the season (+20).")
    expect(reasonsRemark({ weeks: 4, longRun: 10, reasons: reasons({ trend: 9, season: 8, calendar: 7, price: 6 }) })?.because.map(({ group }) => group)).toEqual(["trend", "season", "calendar"])
  })
  it("names reasons that are small alone and much together", () => {
    expect(say(10, { season: 5, trend: 4 })).toBe("The next 4 weeks should sell about 49, 9 more than usual, mostly: the season (+5), how it sold lately (+4).")
  })
  it("names none where nothing is unusual, and those that cancel each other out", () => {
    expect(say(10, { season: 2, trend: 1 })).toBe("The next 4 weeks should sell about 43, about as usual.")
    expect(say(10, { season: 12, stock_out: -11 })).toBe(
      "The next 4 weeks should sell about 41, about as usual; what counts: the season (+12), what could not be sold for lack of stock (−11)."
    )
  })
  it("takes a distance below one unit for none, says one week as one, and never expects less than nothing", () => {
    expect(say(0.5, { trend: 0.9 })).toBe("The next 4 weeks should sell about 2.9, about as usual.")
    expect(say(3, { season: 3 }, 1)).toBe("The next week should sell about 6, 3 more than usual, mostly: the season (+3).")
    expect(say(1, { trend: -4.2 })).toBe("The next 4 weeks should sell about 0, 4 fewer than usual, mostly: how it sold lately (−4.2).")
  })
  it("has nothing to say of what does not sell", () => {
    expect(say(0.1, { trend: -0.3 })).toBe("")
    expect(say(5, {}, 0)).toBe("")
  })
})

describe("describeForecast()", () => {
  it("names the file's own periods, and has a word on what does not sell", () => {
    expect(describeForecast({ periods: 3, longRun: 10, reasons: reasons({ season: 12 }) }, "month")).toBe("The next 3 months should sell about 42, 12 more than usual, mostly: the season (+12).")
    expect(describeForecast({ periods: 1, longRun: 10, reasons: reasons({}) }, "day")).toBe("The next day should sell about 10, about as usual.")
    expect(describeForecast({ periods: 3, longRun: 0, reasons: reasons({}) }, "week")).toBe("Next to nothing was sold or is expected.")
  })
})

describe("sumOfReasons()", () => {
  it("adds up long runs and reasons by group", () => {
    const sum = sumOfReasons([
      { longRun: 2, reasons: reasons({ trend: 1, season: 3 }) },
      { longRun: 5, reasons: reasons({ trend: -4, other: 1 }) },
    ])
    expect(sum).toEqual({ longRun: 7, reasons: reasons({ trend: -3, season: 3, other: 1 }) })
  })
})
