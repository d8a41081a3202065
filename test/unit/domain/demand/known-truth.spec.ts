import { classOf, forEachClass } from "../../../../src/domain/demand/class-of"
import { createEnsemble } from "../../../../src/domain/demand/ensemble"
import { MetricSums } from "../../../../src/domain/demand/metrics"
import { STATISTICAL_MODELS } from "../../../../src/domain/demand/registry"
import type { DemandClass, DemandPanel } from "../../../../src/domain/demand/types"
import { USUAL_WEIGHTS_WITHOUT_NET } from "../../../../src/domain/demand/usual-weights"
import { simulatedPanel } from "../../../support/simulated-panel"

/** Half the demo's items, over 21 months: enough to tell, made and forecast in seconds. */
const SCALE = { variants: 150, days: 630, customers: 1000, orders: 25_000, events: 100 }
const HORIZON = 6
const ORIGINS = 3
/** Series × origins from which a class is judged: fewer say too little. */
const LEAST_PAIRS = 100
/** The bound, in shares. */
const MOST_OFF = 0.02

/** How far a level is from right: `P(y < q) ≤ level ≤ P(y ≤ q)`; 0 where it holds. */
const offBy = ({ level, below, atOrBelow }: { level: number; below: number; atOrBelow: number }) => Math.max(0, below - level, level - atOrBelow)

describe("the static choice without its trees, on a shop whose true demand is known", () => {
  const { panel, wanted, promotion } = simulatedPanel({ seed: 42, scale: SCALE })
  const isStatistical = ([name]: [string, number]) => STATISTICAL_MODELS.some((model) => model.name === name)
  const weights = forEachClass((demandClass) => Object.fromEntries(Object.entries(USUAL_WEIGHTS_WITHOUT_NET[demandClass]).filter(isStatistical)))
  const model = createEnsemble("smoothing", STATISTICAL_MODELS, { weights, factors: null })
  const measured = (known: DemandPanel) => {
    const byClass = new Map<DemandClass, MetricSums>()
    for (let block = ORIGINS; block > 0; block--) {
      const origin = panel.periods.length - block * HORIZON
      model.forecast(known, origin, HORIZON).forEach((forecast, index) => {
        const [series, truth] = [panel.series[index], wanted.series[index]]
        if (!series || !truth || series.firstPeriod >= origin) return
        const demandClass = classOf(series, origin)
        const sums = byClass.get(demandClass) ?? new MetricSums()
        byClass.set(demandClass, sums)
        sums.addPeriods(forecast, truth.units.subarray(origin, origin + HORIZON))
      })
    }
    return { byClass, all: [...byClass.values()].reduce((total, sums) => total.add(sums), new MetricSums()) }
  }
  const { byClass, all } = measured(panel)

  it("knows the same series and weeks as the truth", () => {
    expect(wanted.periods).toEqual(panel.periods)
    expect(wanted.series.map(({ seriesId }) => seriesId)).toEqual(panel.series.map(({ seriesId }) => seriesId))
    expect(all.count).toBeGreaterThan(700)
  })

  it("is calibrated within 2 points for every class that is common enough to tell", () => {
    const common = [...byClass].filter(([, { count }]) => count >= LEAST_PAIRS)
    expect(common.map(([demandClass]) => demandClass)).toEqual(expect.arrayContaining(["smooth", "intermittent", "lumpy"]))
    const wrong = common.flatMap(([demandClass, sums]) => sums.calibration().filter((share) => offBy(share) > MOST_OFF).map((share) => [demandClass, share]))
    expect(wrong).toEqual([])
  })

  it("is calibrated within a point over all, and its mean within 8% of what was asked for", () => {
    expect(Math.max(...all.calibration().map(offBy))).toBeLessThan(0.01)
    expect(Math.abs(all.metrics().bias)).toBeLessThan(0.08)
  })

  it("loses less where promotions are known ahead, and is no worse calibrated", () => {
    const told = measured({ ...panel, known: promotion ? [promotion] : [] }).all
    expect(told.metrics().wql).toBeLessThan(0.99 * all.metrics().wql)
    expect(Math.max(...told.calibration().map(offBy))).toBeLessThan(0.01)
  })
})
