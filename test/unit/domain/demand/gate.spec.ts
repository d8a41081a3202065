import { demandGate } from "../../../../src/domain/demand/gate"
import type { DemandMetrics } from "../../../../src/domain/demand/types"

const figure = (sumWql: number): DemandMetrics => ({ sumWql, wql: 0, wape: 0, bias: 0, coverage90: 0, mase: null, rmsse: null, seconds: 0 })
const gate = (served: number, models: Record<string, number>) =>
  demandGate({ served: figure(served), heldOut: { origins: ["2026-09-07"], models: Object.fromEntries(Object.entries(models).map(([name, value]) => [name, figure(value)])) } })

describe("demandGate()", () => {
  it("promotes what beats the seasonal naive forecast when nothing is in service", () => {
    expect(gate(0.4, { "seasonal-naive": 0.5, "exponential-smoothing": 0.39 })).toEqual({
      metric: "sum_wql",
      value: 0.4,
      baselines: { "seasonal-naive": 0.5, "exponential-smoothing": 0.39 },
      promote: true,
      reason: "Promoted: on demand from 2026-09-07 on, which it had not seen, its weighted quantile loss of 0.4000 holds against the seasonal naive forecast (0.5000).",
    })
  })
  it("does not promote the naive forecast itself", () => expect(gate(0.5, { "seasonal-naive": 0.5 }).promote).toBe(false))
  it("does not promote what is worse than the version in service, and says so", () => {
    const decision = gate(0.45, { "seasonal-naive": 0.5, serving: 0.42 })
    expect(decision.promote).toBe(false)
    expect(decision.reason).toContain("0.4500 does not hold against the version in service (0.4200).")
  })
  it("promotes the same recipe fitted to newer sales", () => expect(gate(0.42, { "seasonal-naive": 0.5, serving: 0.42 }).promote).toBe(true))
  it("does not promote without a naive forecast to compare with", () => expect(gate(0.1, {})).toMatchObject({ promote: false, reason: expect.stringContaining("no naive forecast") }))
  it("does not promote a figure that is not a number", () => expect(gate(NaN, { "seasonal-naive": 0.5 }).promote).toBe(false))
})
