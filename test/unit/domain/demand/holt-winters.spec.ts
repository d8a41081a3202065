import { holtWinters } from "../../../../src/domain/demand/holt-winters"
import { aPanel, aSeries } from "../../../support/demand-builders"
import { seasonalReferencePanel } from "../../../support/reference-panel"
import { REFERENCE_SERIES, type ReferenceName } from "../../../support/reference-series"

const near = (mean: Float64Array | undefined, expected: readonly number[]) => expected.forEach((value, ahead) => expect(Math.abs((mean?.[ahead] ?? NaN) / value - 1)).toBeLessThan(0.003))

describe("holtWinters", () => {
  // AutoETS(model="AAN", damped=False) of statsforecast 2.1.1 (test/support/member-references.py); an item's own season, AAA, is compared in ets.spec.ts
  it.each<[ReferenceName, readonly number[]]>([
    ["smooth", [15.9536, 16.0996]],
    ["trend", [42.4857, 44.1128]],
  ])("forecasts the %s series as the published implementation does, within 0.3%%", (name, expected) => {
    const units = REFERENCE_SERIES[name]
    near(holtWinters.forecast(aPanel([aSeries(units)]), units.length, 2)[0]?.mean, expected)
  })
  it("does so with what the pooled season leaves, times the season", () => near(holtWinters.forecast(seasonalReferencePanel(), 42, 3)[0]?.mean, [271.0946, 224.1561, 162.7686]))
  it("follows a falling trend to 0 and no further", () => {
    // statsforecast: 0.6449, −1.8529
    const [next, later] = holtWinters.forecast(aPanel([aSeries(REFERENCE_SERIES.falling)]), 16, 2)[0]?.mean ?? []
    expect(next).toBeCloseTo(0.6449, 1)
    expect(later).toBe(0)
  })
})
