import { ets, etsRows } from "../../../../src/domain/demand/ets"
import { fitEts, type EtsShape } from "../../../../src/domain/demand/ets-fit"
import { aPanel, aSeries } from "../../../support/demand-builders"
import { REFERENCE_SERIES, type ReferenceName } from "../../../support/reference-series"

const ahead = (name: ReferenceName, shape: EtsShape, horizon: number) => {
  const values = Float64Array.from(REFERENCE_SERIES[name])
  return [...etsRows(values, Int32Array.of(0, values.length), horizon, fitEts(values, shape)).slice(-horizon)]
}

describe("etsRows()", () => {
  // AutoETS(model=…) of statsforecast 2.1.1
  it.each<[ReferenceName, EtsShape, number[]]>([
    ["trend", { trend: "none", season: 0 }, [40.9998, 40.9998]],
    ["shift", { trend: "none", season: 0 }, [19.0001, 19.0001]],
    ["intermittent", { trend: "none", season: 0 }, [0.87688, 0.87688]],
    ["smooth", { trend: "additive", season: 0 }, [15.95363, 16.09962, 16.24562]],
    ["trend", { trend: "additive", season: 0 }, [42.4857, 44.11284, 45.73998]],
    ["smooth", { trend: "damped", season: 0 }, [15.57835, 15.64036, 15.69757]],
    ["season", { trend: "none", season: 4 }, [18.12573, 28.31498, 39.70763, 27.09743]],
    ["season", { trend: "additive", season: 4 }, [19.11916, 29.7215, 41.5144, 29.317]],
  ])("forecasts the %s series with %p as the published implementation does, within 0.3%%", (name, shape, expected) => {
    ahead(name, shape, expected.length).forEach((value, at) => expect(Math.abs(value / (expected[at] ?? 0) - 1)).toBeLessThan(0.003))
  })
})

describe("ets", () => {
  const meanOf = (units: readonly number[]) => [...(ets.forecast(aPanel([aSeries(units)]), units.length, 3)[0]?.mean ?? [])]
  it("chooses a trend where there is one", () => expect(meanOf(REFERENCE_SERIES.trend)[2]).toBeCloseTo(45.74, 1))
  it("keeps to a level where a trend is worth less than its parameters", () => expect(new Set(meanOf(REFERENCE_SERIES.intermittent)).size).toBe(1))
  it("chooses a season of its own of at most 24 periods", () => {
    const months = Array.from({ length: 16 }, (_, period) => 100 + 50 * Math.sin((2 * Math.PI * period) / 7) + (period % 3))
    const days = [...months, ...months.map((value, at) => months[(at + 16) % 7] ?? value), ...months.map((value, at) => months[(at + 32) % 7] ?? value)]
    const [forecast] = ets.forecast(aPanel([aSeries(days)], "day"), 48, 7)
    expect(Math.max(...(forecast?.mean ?? [])) - Math.min(...(forecast?.mean ?? []))).toBeGreaterThan(80)
  })
})
