import { backtestPanel } from "../../../src/learning/backtest-panel"
import type { BacktestProgress } from "../../../src/learning/backtest-progress"
import type { DemandPanel } from "../../../src/domain/demand/types"
import { smallPanel } from "../../support/demand-panels"

const test = (panel: DemandPanel, more: Partial<Parameters<typeof backtestPanel>[0]> = {}) => backtestPanel({ panel, horizon: 2, origins: 2, models: ["seasonal-naive"], seed: 1, now: () => 0, ...more })

/** A series that sells the same every period: the naive forecast is exact. */
const constant: DemandPanel = {
  ...smallPanel({ series: 1, periods: 12 }),
  series: [{ seriesId: "a", category: null, firstPeriod: 0, units: new Float64Array(12).fill(4), price: new Float64Array(12) }],
}

describe("backtestPanel()", () => {
  it("finds no error in a mean that is always right, and counts series × origins", async () => {
    const { models, origins } = await test(constant)
    expect(origins).toEqual([constant.periods[8], constant.periods[10]])
    expect(models["seasonal-naive"]).toMatchObject({ wape: 0, bias: 0, pairs: 2, mase: null }) // its naive error is 0: nothing to scale by
  })

  it("reads nothing at or after an origin: what comes later changes no forecast", async () => {
    const panel = smallPanel({ series: 4, periods: 40 })
    const planted = { ...panel, series: panel.series.map((series) => ({ ...series, units: series.units.map((units, period) => (period >= 38 ? 80_995 : units)) })) }
    const models = ["auto", "exponential-smoothing"]
    const [before, after] = [await test(panel, { models, origins: 1, horizon: 2 }), await test(planted, { models, origins: 1, horizon: 2 })]
    // the same forecasts against other actuals: bias · Σy + Σy = Σŷ
    const forecastUnits = ({ models: found }: typeof before, name: string, source: DemandPanel) => {
      const sold = source.series.reduce((sum, { units }) => sum + (units[38] ?? 0) + (units[39] ?? 0), 0)
      return (found[name]?.bias ?? NaN) * sold + sold
    }
    for (const name of models) expect(forecastUnits(after, name, planted)).toBeCloseTo(forecastUnits(before, name, panel), 6)
  })

  it("leaves out series that were not there yet", async () => {
    const [young] = smallPanel({ series: 1, periods: 12 }).series
    const late = { ...young!, seriesId: "late", firstPeriod: 11, units: new Float64Array(12).fill(NaN).fill(3, 11) }
    expect((await test({ ...constant, series: [...constant.series, late] })).models["seasonal-naive"]?.pairs).toBe(2)
  })

  it("names a model that cannot be fitted, and goes on", async () => {
    const { models, skipped } = await test(constant, { models: ["boosted", "seasonal-naive"] })
    expect(Object.keys(models)).toEqual(["seasonal-naive"])
    expect(skipped).toHaveProperty("boosted")
  })

  it("tells of the fits' own progress, never backwards", async () => {
    const told: BacktestProgress[] = []
    await test(smallPanel({ series: 3, periods: 30 }), { models: ["auto", "naive"], onProgress: (progress) => void told.push(progress) })
    expect(told.filter(({ text }) => text === "auto: choosing").length).toBeGreaterThan(4)
    expect(told.map(({ step }) => step)).toEqual(told.map(({ step }) => step).sort((a, b) => a - b))
    expect(new Set(told.map(({ stage, steps }) => `${stage} ${steps}`))).toEqual(new Set(["backtest 402"])) // 2 origins · (200 + 1)
  })

  it("refuses an unknown name and stops when asked to", async () => {
    await expect(test(constant, { models: ["oracle"] })).rejects.toMatchObject({ code: "invalid_model" })
    await expect(test(constant, { shouldStop: () => true })).rejects.toMatchObject({ code: "canceled" })
  })
})
