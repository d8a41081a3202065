import { addDays } from "../../../src/domain/day"
import { forEachClass } from "../../../src/domain/demand/class-of"
import { boostedModel } from "../../../src/domain/demand/boosted/boosted-model"
import { QUANTILE_LEVELS, type DemandModel, type DemandPanel } from "../../../src/domain/demand/types"
import { createRandom } from "../../../src/domain/random"
import { packDemandModel, unpackDemandModel } from "../../../src/learning/demand-model-bytes"
import { fitBoostedDemand, fitEarlyBoostedDemand } from "../../../src/learning/fit-boosted-demand"

const PERIODS = 64
const LIMIT = 60
const HORIZON = 4

/** Items that sell geometrically many units a week, P(Y > k) = r^(k + 1), the faster the higher their number. */
function slowShop(unit = 1): { panel: DemandPanel; ratios: number[] } {
  const random = createRandom(7)
  const ratios = Array.from({ length: 60 }, (_, index) => 0.1 + (0.6 * index) / 60)
  const series = ratios.map((ratio, index) => ({
    seriesId: `s${index}`,
    category: null,
    firstPeriod: 0,
    units: Float64Array.from({ length: PERIODS }, () => unit * Math.floor(Math.log(1 - random()) / Math.log(ratio))),
    price: new Float64Array(PERIODS).fill(NaN),
  }))
  return { panel: { frequency: "week", periods: Array.from({ length: PERIODS }, (_, week) => addDays("2024-01-01", 7 * week)), series }, ratios }
}

const options = { horizon: HORIZON, sums: [2], seed: 1, validation: [LIMIT - 2 * HORIZON, LIMIT - HORIZON], threads: 1 }

/** Mean pinball loss at 0.5 … 0.95 of quantiles by series and level. */
function lossOf({ series }: DemandPanel, quantileOf: (index: number, ahead: number, level: number) => number): number {
  const levels = QUANTILE_LEVELS.flatMap((level, at) => (level >= 0.5 && level <= 0.95 ? [{ level, at }] : []))
  return series.reduce((total, { units }, index) => {
    for (let ahead = 0; ahead < HORIZON; ahead++) {
      for (const { level, at } of levels) {
        const error = (units[LIMIT + ahead] ?? 0) - quantileOf(index, ahead, at)
        total += Math.max(level * error, (level - 1) * error) / levels.length
      }
    }
    return total
  }, 0)
}

const lossOfModel = (model: DemandModel, panel: DemandPanel) => {
  const forecasts = model.forecast(panel, LIMIT, HORIZON)
  return lossOf(panel, (index, ahead, at) => Math.round(forecasts[index]?.quantiles[ahead * QUANTILE_LEVELS.length + at] ?? NaN))
}

describe("fitBoostedDemand()", () => {
  const { panel, ratios } = slowShop()
  let fitted: Awaited<ReturnType<typeof fitBoostedDemand>>
  beforeAll(async () => {
    fitted = await fitBoostedDemand(panel, LIMIT, options)
  }, 300_000)

  it("loses hardly more on slow items than who knows their distributions", async () => {
    // the least n with r^(n + 1) ≤ 1 − level
    const truth = lossOf(panel, (index, _ahead, at) => Math.max(0, Math.ceil(Math.log(1 - (QUANTILE_LEVELS[at] ?? 0)) / Math.log(ratios[index] ?? 0.5) - 1e-9) - 1))
    expect(lossOfModel(fitted.model, panel) / truth).toBeLessThan(1.06)
    expect(lossOfModel(await fitted.early(), panel) / truth).toBeLessThan(1.06)
  })

  it("fits the early model alone as it does with the rest, and reads nothing at or after the limit", async () => {
    const later = { ...panel, series: panel.series.map((series) => ({ ...series, units: series.units.map((units, week) => (week < LIMIT ? units : 1e6)) })) }
    const early = await fitEarlyBoostedDemand(later, LIMIT, options)
    expect(early.forecast(panel, LIMIT, HORIZON, [2])).toEqual((await fitted.early()).forecast(panel, LIMIT, HORIZON, [2]))
  }, 300_000)

  it("gives slow items whole numbers, each sum too, and means between them", () => {
    const forecasts = fitted.model.forecast(panel, LIMIT, HORIZON, [2])
    const slow = forecasts.slice(0, 30)
    expect(slow.every(({ quantiles, sums = [] }) => [quantiles, ...sums.map((sum) => sum.quantiles)].every((values) => values.every(Number.isInteger)))).toBe(true)
    expect(slow.some(({ mean }) => !Number.isInteger(mean[0] ?? 0))).toBe(true)
  })

  it("keeps what it counted in a version's bytes", () => {
    const version = { horizon: HORIZON, sumPeriods: 2, weights: forEachClass(() => ({ boosted: 1 })), factors: null, nets: [], boosted: fitted.parts }
    const back = unpackDemandModel(packDemandModel(version))
    expect(boostedModel(back.boosted!).forecast(panel, LIMIT, HORIZON)).toEqual(fitted.model.forecast(panel, LIMIT, HORIZON))
  })

  it("counts nothing where units are not whole", async () => {
    const { panel: byWeight } = slowShop(0.3)
    const { parts } = await fitBoostedDemand(byWeight, LIMIT, options)
    expect(parts.counts).toEqual([])
    expect(fitted.parts.counts).toHaveLength(10)
  }, 300_000)
})
