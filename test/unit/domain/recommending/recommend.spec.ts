import type { Ranker, Signal } from "../../../../src/domain/recommending/ranker"
import type { RecommendationRequest, RecommendationSources } from "../../../../src/domain/recommending/recommend"
import { recommend, recommendationCandidates, SCENARIOS } from "../../../../src/domain/recommending/recommend"

/** A ranker that answers for each signal what the map says, in that order. */
const fixed =
  (source: "ease" | "session_knn", answers: Record<string, string[]>): Ranker =>
  (signals, limit) =>
    signals
      .flatMap(({ productId: because }) =>
        (answers[because] ?? []).map((productId, rank) => ({ productId, score: 10 / (rank + 1), source, because: [because] }))
      )
      .slice(0, limit)

const sources: RecommendationSources = {
  taste: fixed("ease", { bought: ["t1", "t2"], seen: ["t3"], page: ["t4", "t1"], basket: ["t5"] }),
  session: fixed("session_knn", { seen: ["s1", "s2"], page: ["s1"], basket: ["s3"] }),
  popular: [
    { productId: "pb", score: 1 },
    { productId: "pa", score: 1 },
    { productId: "best", score: 5 },
    { productId: "zero", score: 0 },
  ],
  newest: ["n1", "n2", "pa"],
}
const signal = (productId: string, weight = 1, at = 0): Signal => ({ productId, weight, at })
const request = (more: Partial<RecommendationRequest> = {}): RecommendationRequest => ({
  scenario: "personal",
  history: [],
  session: [],
  contextProductIds: [],
  cartProductIds: [],
  excludedProductIds: [],
  limit: 3,
  ...more,
})
const all = () => true
const ids = (given: { items: { productId: string }[] }) => given.items.map(({ productId }) => productId)

describe("recommend()", () => {
  it("follows what a customer bought, and says so", () => {
    const { items, fallbackDepth } = recommend(request({ history: [signal("bought")], limit: 2 }), sources, all)
    expect(items).toEqual([
      { productId: "t1", score: 1, source: "ease", reason: { code: "because_bought", productIds: ["bought"] } },
      { productId: "t2", score: 0.5, source: "ease", reason: { code: "because_bought", productIds: ["bought"] } },
    ])
    expect(fallbackDepth).toBe(0)
  })

  // taste t1 1, t2 ½; session s1 ½ · 1, s2 ½ · ½; equal scores by product id
  it("does not say that a product follows from itself", () => {
    const again = { ...sources, taste: fixed("ease", { bought: ["bought", "t1"] }), session: null }
    const { items } = recommend(request({ history: [signal("bought")], limit: 2 }), again, all)
    expect(items.map(({ productId, reason }) => [productId, reason])).toEqual([
      ["bought", { code: "because_bought", productIds: [] }],
      ["t1", { code: "because_bought", productIds: ["bought"] }],
    ])
  })

  it("blends the long memory with the visit", () => {
    const { items } = recommend(request({ history: [signal("bought")], session: [signal("seen", 0.15)], limit: 4 }), sources, all)
    expect(items.map(({ productId, score }) => [productId, score])).toEqual([
      ["t1", 1],
      ["s1", 0.5],
      ["t2", 0.5],
      ["s2", 0.25],
    ])
    expect(items[1]?.reason).toEqual({ code: "because_viewed", productIds: ["seen"] })
  })

  it("adds up what both sources propose", () => {
    const both = { ...sources, session: fixed("session_knn", { seen: ["t2"] }) }
    const { items } = recommend(request({ history: [signal("bought")], session: [signal("seen")], limit: 2 }), both, all)
    expect(items.map(({ productId, score }) => [productId, score])).toEqual([
      ["t1", 1],
      ["t2", 1],
    ])
  })

  it.each([
    ["session", { session: [signal("seen", 0.15)] }, ["s1", "s2", "t3"], "because_viewed"],
    ["product-related", { contextProductIds: ["page"] }, ["t4", "s1", "t1"], "similar_product"],
    ["cart-related", { cartProductIds: ["basket"] }, ["t5", "s3", "best"], "because_in_cart"],
  ] as const)("answers %s from its own stage", (scenario, more, expected, code) => {
    const given = recommend(request({ scenario, ...more }), sources, all)
    expect(ids(given)).toEqual(expected)
    expect(given.items[0]?.reason.code).toBe(code)
  })

  it("falls back to the visit, then to what sells, then to what is new, and counts the stages", () => {
    const visitor = recommend(request({ session: [signal("seen", 0.15)], limit: 2 }), sources, all)
    expect(visitor).toMatchObject({ items: [{ source: "session_knn" }, {}], fallbackDepth: 1 })
    const stranger = recommend(request({ limit: 5 }), sources, all)
    expect(ids(stranger)).toEqual(["best", "pa", "pb", "n1", "n2"])
    expect(stranger.items.map(({ reason }) => reason.code)).toEqual(["popular_now", "popular_now", "popular_now", "new_in_store", "new_in_store"])
    expect(stranger.fallbackDepth).toBe(5)
  })

  it("works without any model", () => {
    expect(ids(recommend(request({ history: [signal("bought")] }), { ...sources, taste: null, session: null }, all))).toEqual(["best", "pa", "pb"])
  })

  it("replaces what cannot be bought instead of shortening the list", () => {
    const given = recommend(request({ history: [signal("bought")] }), sources, (id) => !["t1", "best"].includes(id))
    expect(ids(given)).toEqual(["t2", "pa", "pb"])
  })

  it("is short only when everything is exhausted", () => {
    expect(ids(recommend(request({ limit: 50 }), sources, all))).toHaveLength(5)
    expect(recommend(request({ limit: 50 }), sources, () => false)).toEqual({ items: [], fallbackDepth: 0 })
    expect(recommend(request({ limit: 0 }), sources, all).items).toEqual([])
  })

  it("never proposes the page, the cart, what is excluded, or, in a visit, what is looked at", () => {
    const popular = ["page", "basket", "gone", "x", "old"].map((productId) => ({ productId, score: 1 }))
    const echo: RecommendationSources = { taste: null, session: () => [], popular, newest: ["x"] }
    const session = [signal("old", 1, 1), signal("x", 1, 2)]
    const given = { contextProductIds: ["page"], cartProductIds: ["basket"], excludedProductIds: ["gone"], session, limit: 9 }
    expect(ids(recommend(request({ ...given, scenario: "session" }), echo, all))).toEqual(["old"])
    expect(ids(recommend(request({ ...given, scenario: "personal" }), echo, all))).toEqual(["old", "x"])
  })
})

describe("recommendationCandidates()", () => {
  it.each(SCENARIOS)("gives each product once, with scores in (0, 1] that never rise: %s", (scenario) => {
    const full = request({ scenario, history: [signal("bought")], session: [signal("seen")], contextProductIds: ["page"], cartProductIds: ["basket"] })
    const found = [...recommendationCandidates(full, sources)]
    expect(new Set(found.map(({ productId }) => productId)).size).toBe(found.length)
    const scores = found.map(({ score }) => score)
    expect(scores).toEqual([...scores].sort((one, two) => two - one))
    expect(scores.every((score) => score > 0 && score <= 1)).toBe(true)
    expect(found.map(({ depth }) => depth)).toEqual(found.map(({ depth }) => depth).sort())
  })
})
