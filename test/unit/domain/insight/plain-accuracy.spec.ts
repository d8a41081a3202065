import { plainAccuracy } from "../../../../src/domain/insight/plain-accuracy"
import type { DemandBacktest, DemandMetrics } from "../../../../src/domain/demand/types"

const metrics = (wape: number): DemandMetrics => ({ sumWql: 0.3, wql: 0.4, wape, bias: -0.1, coverage90: 0.88, mase: 0.9, rmsse: 0.8, seconds: 1 })
const choice = { model: "net", correlation: 0.25 }
const backtest: DemandBacktest = {
  frequency: "week",
  horizon: 8,
  sumPeriods: 3,
  origins: ["2025-10-06", "2025-12-01"],
  seriesCount: 5,
  models: {
    net: { ...metrics(0.5), byClass: { smooth: { ...metrics(0.31), seriesCount: 4 }, new: { ...metrics(0.9), seriesCount: 0 } } },
    "seasonal-naive": { ...metrics(0.7), byClass: { smooth: { ...metrics(0.6), seriesCount: 4 } } },
  },
  choice: { smooth: choice, erratic: choice, intermittent: choice, lumpy: { model: "lost", correlation: 0 }, new: choice, dying: choice },
  served: metrics(0.45),
  heldOut: { origins: ["2025-12-01"], models: { net: metrics(0.45), "seasonal-naive": metrics(0.66) } },
}

describe("plainAccuracy()", () => {
  it("tells of what is served, the simplest rule beside it, and each class by its own model", () =>
    expect(plainAccuracy(backtest)).toEqual({
      sumWeeks: 3,
      origins: ["2025-10-06", "2025-12-01"],
      heldOutOrigins: ["2025-12-01"],
      overall: { off: 0.45, bias: -0.1, belowUpper: 0.88 },
      naive: { off: 0.66, bias: -0.1, belowUpper: 0.88 },
      classes: [{ demandClass: "smooth", series: 4, model: "net", off: 0.31, bias: -0.1, belowUpper: 0.88 }],
    }))
  it("says nothing of what it does not understand", () => {
    expect(plainAccuracy({ validationFrom: "2026-01-01", models: {} })).toBeNull()
    expect(plainAccuracy(null)).toBeNull()
  })
})
