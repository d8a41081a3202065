import { fitEts, type EtsShape } from "../../../../src/domain/demand/ets-fit"
import { REFERENCE_SERIES, type ReferenceName } from "../../../support/reference-series"

const fit = (name: ReferenceName, trend: EtsShape["trend"], season = 0) => fitEts(Float64Array.from(REFERENCE_SERIES[name]), { trend, season })

describe("fitEts()", () => {
  // Σ of squared residuals of AutoETS(model="ANN" | "AAN", damped=False | True) of statsforecast 2.1.1; ours solves the starting state exactly
  it.each<[ReferenceName, EtsShape["trend"], number]>([
    ["smooth", "none", 59.7807],
    ["smooth", "additive", 44.4746],
    ["smooth", "damped", 43.7087],
    ["trend", "none", 57.0085],
    ["trend", "additive", 2.31348],
    ["trend", "damped", 5.6605],
    ["shift", "none", 226.0019],
    ["shift", "damped", 224.4759],
    ["falling", "none", 135.0121],
    ["falling", "additive", 17.7527],
    ["falling", "damped", 19.9087],
  ])("fits the %s series with trend %s at least as well as the published implementation", (name, trend, squares) => {
    expect(fit(name, trend).squares).toBeLessThanOrEqual(squares * 1.0003)
  })
  it("counts its parameters as the published implementation does", () => {
    // trend, AAN: 20·ln 2.31348 + 2·5 + 2·5·6/14 = 31.0607; there 31.06075
    expect(fit("trend", "additive").aicc).toBeCloseTo(31.0607, 2)
  })
  it("finds weights within their bounds", () => {
    for (const name of ["smooth", "intermittent", "season", "shift"] as const) {
      const { alpha, beta, gamma, phi } = fit(name, "damped", 4).weights
      expect(alpha).toBeGreaterThan(0)
      expect(beta).toBeLessThanOrEqual(alpha)
      expect(gamma).toBeLessThanOrEqual(Math.max(1 - alpha, 1e-4))
      expect(phi).toBeGreaterThanOrEqual(0.8)
      expect(phi).toBeLessThanOrEqual(0.98)
    }
  })
  it("cannot judge a model with as many parameters as values", () => expect(fitEts(Float64Array.of(1, 2, 3), { trend: "additive", season: 0 }).aicc).toBe(Infinity))
})
