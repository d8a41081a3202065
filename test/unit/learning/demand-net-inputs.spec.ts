import { DemandNetInputs } from "../../../src/learning/demand-net-inputs"
import { demandNetSpec, PERIOD_INPUTS, SERIES_INPUTS, TARGET_INPUTS } from "../../../src/learning/demand-net-spec"
import { smallPanel } from "../../support/demand-panels"

const ORIGIN = 56

describe("DemandNetInputs", () => {
  const panel = smallPanel()
  const spec = demandNetSpec(panel, ORIGIN, 4)

  it("reads nothing at or after the origin", () => {
    const other = smallPanel()
    for (const series of other.series) {
      series.units.fill(9999, ORIGIN)
      series.price.fill(77, ORIGIN)
    }
    const origins = panel.series.map(() => ORIGIN)
    const one = new DemandNetInputs(panel, spec, ORIGIN).batch(panel.series, origins)
    expect(new DemandNetInputs(other, spec, ORIGIN).batch(other.series, origins)).toEqual(one)
  })

  it("writes log ratios, sold and known of each past week, the newest last", () => {
    const batch = new DemandNetInputs(panel, spec, ORIGIN).batch(panel.series.slice(3, 4), [ORIGIN])
    const newest = batch.past.subarray((spec.context - 1) * PERIOD_INPUTS)
    const sold = panel.series[3]?.units[ORIGIN - 1] as number
    expect(newest[0]).toBeCloseTo(Math.log1p(sold / (batch.level[0] as number)), 5)
    expect([newest[1], newest[2]]).toEqual([1, 1])
  })

  it("leaves unknown weeks and weeks before the panel at zero", () => {
    const unknown = smallPanel()
    unknown.series[0]?.units.fill(NaN, 8, 9)
    const batch = new DemandNetInputs(unknown, spec, 10).batch(unknown.series.slice(0, 1), [10])
    const week = (period: number) => [...batch.past.subarray((spec.context - 10 + period) * PERIOD_INPUTS).subarray(0, 3)]
    expect(week(8)).toEqual([0, 0, 0])
    expect(week(9)[2]).toBe(1)
    expect([...batch.past.subarray(0, (spec.context - 10) * PERIOD_INPUTS)].every((value) => value === 0)).toBe(true)
  })

  // 8 twice and 12 twice: usual price 10, the last one ln(12 / 10) above it
  it("compares a price with the usual one", () => {
    const priced = smallPanel()
    priced.series[0]?.price.set(Array.from({ length: spec.context }, (_, week) => (week % 2 ? 12 : 8)), ORIGIN - spec.context)
    const batch = new DemandNetInputs(priced, spec, ORIGIN).batch(priced.series.slice(0, 1), [ORIGIN])
    expect(batch.past[(spec.context - 1) * PERIOD_INPUTS + 3]).toBeCloseTo(Math.log(1.2), 5)
  })

  it("gives known categories a row of their own and the rest the first", () => {
    const mixed = smallPanel()
    for (const [index, series] of mixed.series.entries()) if (index > 9) series.category = index === 10 ? null : "seldom"
    const inputs = new DemandNetInputs(mixed, demandNetSpec(mixed, ORIGIN, 4), ORIGIN)
    expect([...inputs.batch(mixed.series.slice(8), mixed.series.slice(8).map(() => ORIGIN)).category]).toEqual([1, 2, 0, 0])
  })

  it("keeps the level of an item that never sold off zero", () => {
    const dead = smallPanel()
    dead.series[0]?.units.fill(0)
    expect(new DemandNetInputs(dead, spec, ORIGIN).level(dead.series[0]!, ORIGIN)).toBe(0.05)
  })

  // A year of weeks before the origin must be known: 60 weeks are 1.15 years, so the calendar is on; 56 are not.
  it("uses the calendar only where the history covers a year", () => {
    const width = SERIES_INPUTS + 4 * TARGET_INPUTS
    for (const [until, on] of [[56, false], [60, true]] as const) {
      const one = demandNetSpec(panel, until, 4)
      expect(one.calendar).toBe(on)
      const known = new DemandNetInputs(panel, one, until).batch(panel.series.slice(0, 1), [until]).known
      expect(known).toHaveLength(width)
      expect(known[SERIES_INPUTS] !== 0).toBe(on)
    }
  })
})
