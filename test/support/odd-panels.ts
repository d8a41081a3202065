import { addDays } from "../../src/domain/day"
import { QUANTILE_LEVELS, type DemandForecast, type DemandPanel, type Frequency } from "../../src/domain/demand/types"
import fc from "./properties"

const LEVELS = QUANTILE_LEVELS.length
const DAYS: Record<Frequency, number> = { day: 1, week: 7, month: 30 }
const unit = fc.oneof(
  { weight: 6, arbitrary: fc.nat(20) },
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constantFrom(80_995, -3, NaN, 0.25) }
)
const someSeries = (periods: number) =>
  fc.record({
    firstPeriod: fc.nat(Math.max(0, periods - 1)),
    units: fc.oneof(fc.array(unit, { minLength: periods, maxLength: periods }), fc.constantFrom(0, 7).map((value) => new Array<number>(periods).fill(value))),
    price: fc.constantFrom(10, 0, NaN),
    category: fc.constantFrom("a", "b", null),
  })

/** Panels of whatever is in files: few and many periods of any length, returns, unknown periods, a spike, parts of units, missing prices and categories. */
export const oddPanels = ({ lengths = [1, 2, 5, 17, 40], most = 6 } = {}) =>
  fc.record({ frequency: fc.constantFrom<Frequency>("day", "week", "month"), periods: fc.constantFrom(...lengths), count: fc.nat(most) }).chain(({ frequency, periods, count }) =>
    fc.array(someSeries(periods), { minLength: count, maxLength: count }).map((series): DemandPanel => ({
      frequency,
      periods: Array.from({ length: periods }, (_, period) => addDays("2022-01-03", DAYS[frequency] * period)),
      series: series.map(({ firstPeriod, units, price, category }, index) => ({
        seriesId: `s${index}`,
        category,
        firstPeriod,
        units: Float64Array.from(units, (value, period) => (period < firstPeriod ? NaN : value)),
        price: new Float64Array(periods).fill(price),
      })),
    }))
  )

/** What every forecast must be, whatever was asked of it. */
export function expectSound(forecasts: readonly DemandForecast[], panel: DemandPanel, { horizon, sums }: { horizon: number; sums: readonly number[] }): void {
  expect(forecasts.map(({ seriesId }) => seriesId)).toEqual(panel.series.map(({ seriesId }) => seriesId))
  for (const { mean, quantiles, sums: totals = [] } of forecasts) {
    expect([mean.length, quantiles.length, totals.map(({ periods }) => periods)]).toEqual([horizon, horizon * LEVELS, [...sums]])
    const periods = Array.from({ length: horizon }, (_, ahead) => quantiles.subarray(ahead * LEVELS, (ahead + 1) * LEVELS))
    const rows = [...periods, ...totals.map((sum) => sum.quantiles)]
    const faults = rows.filter((row) => !row.every((value, at) => Number.isFinite(value) && value >= (row[at - 1] ?? 0)))
    expect(faults).toEqual([])
    expect([...mean, ...totals.map((sum) => sum.mean)].filter((value) => !(Number.isFinite(value) && value >= 0))).toEqual([])
  }
}
