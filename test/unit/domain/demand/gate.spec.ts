import { demandGate } from "../../../../src/domain/demand/gate"
import type { DemandMetrics } from "../../../../src/domain/demand/types"

const figure = (sumWql: number): DemandMetrics => ({ sumWql, wql: 0, wape: 0, bias: 0, coverage90: 0, mase: null, rmsse: null, seconds: 0 })
const gains = (shares: Record<string, number>) => Object.fromEntries(Object.entries(shares).map(([name, share]) => [name, { share, gain: 0.1, low: 0.05, high: 0.15 }]))
const gate = (served: number, models: Record<string, number>, shares: Record<string, number> = { "seasonal-naive": 1, serving: 1 }, isAlike = false) =>
  demandGate(
    { served: { ...figure(served), byClass: {} }, heldOut: { origins: ["2026-09-07"], models: Object.fromEntries(Object.entries(models).map(([name, value]) => [name, figure(value)])), gains: gains(shares) } },
    isAlike
  )

describe("demandGate()", () => {
  it("promotes what beats the seasonal naive forecast when nothing is in service", () => {
    expect(gate(0.4, { "seasonal-naive": 0.5, "exponential-smoothing": 0.39 }, { "seasonal-naive": 0.997 })).toEqual({
      metric: "sum_wql",
      value: 0.4,
      baselines: { "seasonal-naive": 0.5, "exponential-smoothing": 0.39 },
      gains: gains({ "seasonal-naive": 0.997 }),
      promote: true,
      reason:
        "Promoted: on demand from 2026-09-07 on, which it had not seen, its weighted quantile loss of 0.4000 holds against the seasonal naive forecast (0.5000, better in 99% of draws).",
    })
  })
  it("does not promote what is better than naive by chance only", () => {
    const decision = gate(0.49, { "seasonal-naive": 0.5 }, { "seasonal-naive": 0.94 })
    expect(decision.promote).toBe(false)
    expect(decision.reason).toContain("0.4900 does not hold against the seasonal naive forecast (0.5000, better in 94% of draws); 95% of draws are needed.")
  })
  it("does not promote the naive forecast itself", () => expect(gate(0.5, { "seasonal-naive": 0.5 }).promote).toBe(false))
  it("does not promote what is worse than the version in service, and says so", () => {
    const decision = gate(0.45, { "seasonal-naive": 0.5, serving: 0.42 }, { "seasonal-naive": 1, serving: 0.03 })
    expect(decision.promote).toBe(false)
    expect(decision.reason).toContain("0.4500 does not hold against the version in service (0.4200, better in 3% of draws)")
  })
  it("does not promote what is better than the version in service by chance only", () => {
    expect(gate(0.41, { "seasonal-naive": 0.5, serving: 0.42 }, { "seasonal-naive": 1, serving: 0.8 }).promote).toBe(false)
  })
  it("promotes the weights in service fitted to newer sales, though they may beat the naive forecast by chance", () => {
    const decision = gate(0.42, { "seasonal-naive": 0.43, serving: 0.42, challenger: 0.41 }, { "seasonal-naive": 0.7, serving: 0, challenger: 0.4 }, true)
    expect(decision.promote).toBe(true)
    expect(decision.reason).toContain("It keeps the weights of the version in service: those it would have chosen now (0.4100) were not better beyond chance.")
  })
  it("does not promote without a naive forecast to compare with", () => expect(gate(0.1, {})).toMatchObject({ promote: false, reason: expect.stringContaining("no naive forecast") }))
  it("does not promote a figure that is not a number", () => expect(gate(NaN, { "seasonal-naive": 0.5 }).promote).toBe(false))
})
