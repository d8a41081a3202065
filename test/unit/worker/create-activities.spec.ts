import { forecastWeeks } from "../../../src/worker/create-activities"

describe("forecastWeeks()", () => {
  // 14 + 7 days are 3 weeks; with 14 days of cover 5, and at least 8 are forecast
  it("sums lead time and review, and forecasts the cover too", () => expect(forecastWeeks({ leadTimeDays: 14, reviewDays: 7, coverDays: 14 })).toEqual({ sumWeeks: 3, horizonWeeks: 8 }))
  it("rounds up to whole weeks", () => expect(forecastWeeks({ leadTimeDays: 45, reviewDays: 14, coverDays: 30 })).toEqual({ sumWeeks: 9, horizonWeeks: 13 }))
  it("stays within half a year", () => expect(forecastWeeks({ leadTimeDays: 365, reviewDays: 90, coverDays: 0 })).toEqual({ sumWeeks: 26, horizonWeeks: 26 }))
})
