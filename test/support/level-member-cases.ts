import type { DemandModel, DemandSeries } from "../../src/domain/demand/types"
import { aPanel, aSeries } from "./demand-builders"
import { REFERENCE_SERIES, type ReferenceName } from "./reference-series"

type Levels = (series: DemandSeries, origin: number, index?: Float64Array | null) => Float64Array
type Published = readonly (readonly [ReferenceName, number])[]

/** Where something sells in every period, and of next to nothing, the members for gaps all say what exponential smoothing says (statsforecast 2.1.1): with
 * α = 0.1, or with the best α. */
const WITHOUT_GAPS: Record<"fixed" | "best", Published> = {
  fixed: [["smooth", 14.50623], ["trend", 28.20358], ["season", 24.12612], ["shift", 13.71837], ["falling", 20.89348], ["zeros", 0], ["one", 7]],
  best: [["smooth", 15.2077], ["trend", 37.0985], ["season", 28.60619], ["shift", 19.13232], ["falling", 9.07489], ["zeros", 0], ["one", 7]],
}

/** What a member for series with gaps must do. @param alpha How it smooths. @param gaps Published levels of the series with gaps. */
export function behavesAsAMemberForGaps(levels: Levels, alpha: "fixed" | "best", gaps: Published): void {
  agreesWithThePublished(levels, [...gaps, ...WITHOUT_GAPS[alpha]], alpha === "fixed" ? toFourDecimals : toHalfAThousandth)
  treatsPeriodsAsAMember(levels)
}

/** Compares a member's last level of each reference series with a published implementation's. @param near how near is near enough */
export function agreesWithThePublished(levels: Levels, expected: Published, near: (level: number, expected: number) => void = toFourDecimals): void {
  it.each(expected)("says of the %s series what the published implementation says", (name, value) => {
    const units = REFERENCE_SERIES[name]
    near(levels(aSeries(units), units.length)[units.length] ?? NaN, value)
  })
}

/** Compares what a member forecasts for the next period of each reference series, alone in its panel and too short for a season, with a published implementation. */
export function memberAgreesWithThePublished(model: DemandModel, expected: Published): void {
  agreesWithThePublished((series, origin) => new Float64Array(origin + 1).fill(model.forecast(aPanel([series]), origin, 1)[0]?.mean[0] ?? NaN), expected)
}

/** To four decimals, as the published figures are written. */
const toFourDecimals = (level: number, expected: number) => expect(level).toBeCloseTo(expected, 4)
/** To half a thousandth: the published search for a parameter stops a little earlier. */
const toHalfAThousandth = (level: number, expected: number) => expect(Math.abs(level - expected)).toBeLessThanOrEqual(0.0005 * expected)

/** What every member of levels does with unknown periods, with a season, and before anything is known. */
export function treatsPeriodsAsAMember(levels: Levels): void {
  it("keeps the level over unknown periods", () => {
    const known = levels(aSeries([4, 0, 3, 0, 0, 5]), 6)[6]
    expect(levels(aSeries([4, 0, NaN, 3, NaN, NaN, 0, 0, 5]), 9)[9]).toBe(known)
  })
  it("divides by the season", () => expect(levels(aSeries([5, 20, 5, 20]), 4, Float64Array.of(0.5, 2, 0.5, 2))[4]).toBeCloseTo(10, 10))
  it("says nothing before anything is known", () => expect(levels(aSeries([NaN, NaN, 3]), 3)[1]).toBeNaN())
}
