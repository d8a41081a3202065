import { newcomerRate, newcomersOf, newcomerTotal, type UnsoldVariant } from "../../../../src/domain/demand/newcomers"
import type { DemandSeries } from "../../../../src/domain/demand/types"
import { aPanel, aSeries } from "../../../support/demand-builders"

const WEEKS = 30
/** An item that sells `level` a week from a week on. */
const item = (level: number, from: number, more: Partial<DemandSeries> = {}) =>
  aSeries(Array.from({ length: WEEKS }, (_, week) => (week < from ? NaN : level)), { category: "hats", firstPeriod: from, ...more })
const lenders = (count: number, level: number, more: Partial<DemandSeries> = {}) => Array.from({ length: count }, () => item(level, 10, more))
const unsold = (more: Partial<UnsoldVariant> = {}): UnsoldVariant => ({ variantId: "unsold", category: "hats", title: "", price: 10, ...more })

describe("newcomersOf()", () => {
  it("expects of an unsold variant what others of its category and price sold when they were new", () => {
    const panel = aPanel([...lenders(6, 4), ...lenders(4, 20, { price: new Float64Array(WEEKS).fill(90) })])
    const [found] = newcomersOf(panel, [unsold()])
    expect(found).toMatchObject({ variantId: "unsold", knownWeeks: 0, ofCategory: 10, ofPrice: 6, ofTitle: [] })
    const category = (6 * 4 + 4 * 20) / 10 // the shop's mean as well
    expect(found?.mean).toBeCloseTo((6 * 4 + 20 * category) / 26, 10) // its price band counts as six items, the category as twenty
    expect(newcomersOf(panel, [unsold({ price: null })])[0]).toMatchObject({ mean: category, ofPrice: 0 })
  })

  it("names the variants with the most similar titles, the nearest first, three at most", () => {
    const titled = ["owl lamp red", "owl lamp", "owl bowl", "owl cup blue green", ...Array.from({ length: 7 }, (_, at) => `jar ${at}`)].map((title) => item(4, 10, { title }))
    const [found] = newcomersOf(aPanel(titled), [unsold({ title: "owl lamp" })])
    expect(found?.ofTitle).toEqual(["variant1", "variant0", "variant2"]) // the cup is the fourth
  })

  it("lists the unsold first, then what has fewer than eight known weeks, each variant once and where it was the longest", () => {
    const panel = aPanel([...lenders(5, 4), item(3, 25), item(3, 22), item(3, 23)])
    const twice: DemandSeries[] = [...panel.series, { ...item(9, 28), seriesId: "variant5@elsewhere" }]
    const found = newcomersOf({ ...panel, series: twice }, [unsold()])
    expect(found.map(({ variantId, knownWeeks }) => [variantId, knownWeeks])).toEqual([
      ["unsold", 0],
      ["variant5", 5],
      ["variant7", 7],
    ])
  })

  it("lists nothing that is as old as the panel, of which nobody knows whether it is new", () => {
    const short = aPanel(Array.from({ length: 12 }, (_, at) => aSeries([NaN, 3, 3, 3, 3, 3].slice(at < 6 ? 1 : 0).concat(at < 6 ? [3] : []), { category: "hats" })))
    expect(newcomersOf(short, []).map(({ variantId }) => variantId)).toEqual(["variant6", "variant7", "variant8", "variant9", "variant10", "variant11"].sort())
  })

  it("looks at the youngest of thousands, in seconds", () => {
    const title = (at: number) => `blue ${["owl", "fox", "cat", "dog", "hen"][at % 5]} ${["cup", "jug", "pan"][at % 3]} ${at}`
    const old = Array.from({ length: 20_000 }, (_, at) => item(4, 10, { title: title(at) }))
    const young = Array.from({ length: 2_100 }, (_, at) => item(4, at < 100 ? 23 : 25, { title: title(at) }))
    const started = performance.now()
    const found = newcomersOf(aPanel([...old, ...young]), Array.from({ length: 2_000 }, (_, at) => unsold({ variantId: `unsold${at}`, title: title(at) })))
    expect(performance.now() - started).toBeLessThan(60_000)
    expect(found.filter(({ knownWeeks }) => knownWeeks === 5)).toHaveLength(2_000)
    expect(found.filter(({ knownWeeks }) => knownWeeks === 0)).toHaveLength(2_000)
    expect(found).toHaveLength(4_000)
  }, 120_000)

  it("borrows from nothing that may be an old slow item", () => {
    // one sale in 24 weeks after the first: unseen for five weeks before it with a chance of (1 - 1.5/25)^5 = 0.73
    const slow = aSeries(Array.from({ length: WEEKS }, (_, week) => (week < 5 ? NaN : week === 5 || week === 20 ? 90 : 0)), { category: "hats", firstPeriod: 5 })
    const panel = aPanel([...lenders(6, 4), slow, slow])
    expect(newcomersOf(panel, [unsold()])[0]).toMatchObject({ mean: 4, ofCategory: 6 })
  })

  it("expects nothing where fewer than five beginnings were seen, or nothing was ever sold", () => {
    expect(newcomersOf(aPanel(lenders(4, 4)), [unsold()])).toEqual([])
    expect(newcomersOf(aPanel([]), [unsold()])).toEqual([])
    expect(newcomersOf(aPanel(lenders(6, 4)), [])).toEqual([])
  })
})

describe("newcomerRate()", () => {
  // gamma of mean 6 and variance 12, shape 3 and scale 2: scipy 1.17 gamma.ppf([.1, .9], 3, scale=2) = 2.204131, 10.644641
  it("is the range that eight of ten items lie in", () => {
    const { mean, low, high } = newcomerRate({ mean: 6, between: 12, dispersion: 0.5 })
    expect(mean).toBe(6)
    expect(low).toBeCloseTo(2.2041, 3)
    expect(high).toBeCloseTo(10.6446, 3)
  })
})

describe("newcomerTotal()", () => {
  // four weeks: mean 24, variance 16·12 + 4·(6 + 0.5·(36 + 12)) = 312, so n = 24²/(312 - 24) = 2 and p = 24/312: scipy 1.17 nbinom.ppf([.1, .9], 2, 24/312) = 6, 48
  it("is the range of its first weeks together, in whole units", () => {
    expect(newcomerTotal({ mean: 6, between: 12, dispersion: 0.5 }, 4)).toEqual({ mean: 24, low: 6, high: 48 })
  })
  it("is as sure as a single item can be where all are alike: nearly Poisson", () => {
    const { low, high } = newcomerTotal({ mean: 6, between: 0.001, dispersion: 0 }, 4) // scipy: poisson.ppf([.1, .9], 24) = 18, 30
    expect([low, high]).toEqual([18, 30])
  })
})
