import { negativeBinomialForecasts } from "../../../../src/domain/demand/negative-binomial"
import { pooledForecasts } from "../../../../src/domain/demand/pooled-quantiles"
import { spreadForecasts } from "../../../../src/domain/demand/spread-forecasts"
import { createRandom } from "../../../../src/domain/random"
import { aPanel, aSeries } from "../../../support/demand-builders"

const PERIODS = 40
const panelOf = (unitsOf: (period: number, random: () => number) => number, from = PERIODS, later = unitsOf) =>
  aPanel(
    Array.from({ length: 60 }, (_, index) => {
      const random = createRandom(index)
      return aSeries(Array.from({ length: PERIODS + 4 }, (__, period) => (period < from ? unitsOf : later)(period, random)))
    })
  )
const always = (value: number) => Array.from({ length: 60 }, () => ({ at: () => value, scale: null }))
const numbers = (forecasts: ReturnType<typeof spreadForecasts>) => forecasts.map(({ quantiles }) => [...quantiles])

describe("spreadForecasts()", () => {
  it("takes pooled ratios where demand has two sizes only, which no negative binomial has", () => {
    const panel = panelOf((_, random) => (random() < 0.5 ? 5 : 15))
    expect(numbers(spreadForecasts(panel, PERIODS, 4, always(10)))).toEqual(numbers(pooledForecasts(panel, PERIODS, 4, always(10))))
  })
  it("takes counts where the shop's past is no guide to the block before the origin", () => {
    // Steady for 36 weeks, then like a count of mean 10 with much spread.
    const panel = panelOf(
      (period) => (period % 2 ? 10 : 11),
      36,
      (_, random) => Math.floor(21 * random())
    )
    const chosen = numbers(spreadForecasts(panel, PERIODS, 4, always(10)))
    expect(chosen).not.toEqual(numbers(pooledForecasts(panel, PERIODS, 4, always(10))).map((row) => row.map(Math.round)))
    expect(chosen).toEqual(numbers(negativeBinomialForecasts(panel, PERIODS, 4, always(10))))
  })
  it("gives whole units where whole units are sold, and fractions where they are not", () => {
    const counts = spreadForecasts(panelOf((_, random) => Math.ceil(3 * random())), PERIODS, 2, always(1.7), [2])
    expect(counts.every(({ quantiles, sums = [] }) => [...quantiles, ...sums.flatMap((sum) => [...sum.quantiles])].every(Number.isInteger))).toBe(true)
    const money = spreadForecasts(panelOf((_, random) => 3.3 * random()), PERIODS, 2, always(1.7))
    expect(money.some(({ quantiles }) => [...quantiles].some((value) => !Number.isInteger(value)))).toBe(true)
  })
  it("chooses by nothing at or after the origin", () => {
    const units = (_: number, random: () => number) => Math.floor(9 * random())
    const changed = panelOf(units, PERIODS, () => 1e6)
    expect(numbers(spreadForecasts(changed, PERIODS, 4, always(4)))).toEqual(numbers(spreadForecasts(panelOf(units), PERIODS, 4, always(4))))
  })
})
