import type { Origin, OriginScores } from "../../../../src/domain/demand/backtest-scores"
import { forEachClass } from "../../../../src/domain/demand/class-of"
import { bestSetting, chooseModels, type Candidate } from "../../../../src/domain/demand/choose-models"
import { MetricSums, SCORE_LEVELS } from "../../../../src/domain/demand/metrics"
import type { DemandClass } from "../../../../src/domain/demand/types"
import { createRandom } from "../../../../src/domain/random"

/** `of` gives each series' loss; a forecast that is `loss / 4.5` too low at all nine deciles of a sum of 1,000 loses just that. */
function scored(classes: DemandClass[], of: (series: number) => number): OriginScores {
  const byClass = forEachClass(() => new MetricSums())
  classes.forEach((demandClass, series) => {
    byClass[demandClass].count++
    byClass[demandClass].addSum(1000, new Float64Array(SCORE_LEVELS.length).fill(1000 - of(series) / 4.5))
  })
  return { byClass, losses: Float64Array.from(classes, (_, series) => of(series)) }
}
const smooth = new Array<DemandClass>(100).fill("smooth")
const origin = (classes: DemandClass[]): Origin => ({ at: 0, classes, actuals: [] })
const choose = (classes: DemandClass[], losses: Record<string, (series: number) => number>, usual = "usual") =>
  chooseModels(
    Object.entries(losses).map(([value, of]) => ({ value, scores: [scored(classes, of)] })),
    [origin(classes)],
    usual,
    1
  )

describe("chooseModels()", () => {
  it("keeps the static choice where another is better by chance only", () => {
    // gains 0.5% on average, by one item of 100
    expect(choose(smooth, { other: (series) => (series === 0 ? 50 : 100), usual: () => 100 }).smooth).toBe("usual")
  })
  it("leaves it for what is better nearly everywhere, however little", () => {
    expect(choose(smooth, { other: (series) => (series < 20 ? 100.1 : 99.7), usual: () => 100 }).smooth).toBe("other")
  })
  it("leaves it rather than lose more than 1% beside the best single model", () => {
    // gains 1.5% by two items of 100: one draw in seven has neither, but the static choice would cost more than is allowed
    expect(choose(smooth, { other: (series) => (series < 2 ? 25 : 100), usual: () => 100 }).smooth).toBe("other")
  })
  it("takes the first candidate for the static choice where that is missing", () => {
    expect(choose(smooth, { first: () => 100, other: (series) => (series === 0 ? 50 : 100) }).smooth).toBe("first")
  })
  it("lets a class go its own way for 2%, but not by chance", () => {
    const classes = smooth.map((one, series): DemandClass => (series % 2 ? "lumpy" : one))
    const usual = () => 100
    expect(choose(classes, { usual, own: (series) => (series % 2 ? 97 : 130) })).toMatchObject({ smooth: "usual", lumpy: "own" })
    // one lumpy item saves 3% of its class
    expect(choose(classes, { usual, own: (series) => (series % 2 ? (series === 1 ? -50 : 100) : 130) })).toMatchObject({ smooth: "usual", lumpy: "usual" })
  })
  it("is never more than 1% worse than the best single model on its own origins", () => {
    const kinds: DemandClass[] = ["smooth", "erratic", "lumpy", "new"]
    for (let seed = 1; seed <= 60; seed++) {
      const random = createRandom(seed)
      const classes = Array.from({ length: 60 }, () => kinds[Math.floor(4 * random())] as DemandClass)
      const candidates = Array.from({ length: 5 }, (_, index): Candidate<string> => {
        const level = 100 * (1 + 0.05 * random())
        const spread = random()
        const losses = Array.from({ length: 60 }, () => level * (1 + spread * (random() - 0.5)))
        return { value: `model ${index}`, scores: [scored(classes, (series) => losses[series] ?? 0)] }
      })
      const choice = chooseModels(candidates, [origin(classes)], "model 3", seed)
      const lossOf = (of: (demandClass: DemandClass) => string) =>
        classes.reduce((sum, demandClass, series) => sum + (candidates.find(({ value }) => value === of(demandClass))?.scores[0]?.losses[series] ?? NaN), 0)
      const best = Math.min(...candidates.map(({ value }) => lossOf(() => value)))
      expect(lossOf((demandClass) => choice[demandClass])).toBeLessThanOrEqual(1.01 * best + 1e-6)
    }
  })
})

describe("bestSetting()", () => {
  const setting = (value: number, of: (series: number) => number, classes = smooth) => ({ value, scores: [scored(classes, of)] })
  it("takes the one with the least loss, the first of equals", () => {
    expect(bestSetting([setting(1, () => 100), setting(2, () => 90), setting(3, () => 90)], "smooth")).toBe(2)
  })
  it("takes that of all for a class of few series", () => {
    const classes = smooth.map((one, series): DemandClass => (series < 19 ? "new" : one))
    const settings = [setting(1, (series) => (series < 19 ? 200 : 50), classes), setting(2, () => 100, classes)]
    expect([bestSetting(settings, "new"), bestSetting(settings, "smooth")]).toEqual([1, 1])
  })
})
