import { buildInteractionTable } from "../../../../src/domain/recommending/interaction-table"
import { buildSessionIndex, sessionRanker, sessionSequences } from "../../../../src/domain/recommending/session-knn"
import type { SessionRecipe } from "../../../../src/domain/recommending/session-model"
import { groupedInteractions, interaction } from "../../../support/interaction-builders"

const recipe: SessionRecipe = { algorithm: "session_knn", neighbours: 100, samples: 100, halfLifeDays: null }
const visit = (sessionId: string, day: number, products: string[]) =>
  products.map((productId, step) => interaction({ sessionId, productId, day: day + step / 1000 }))
const rankerOf = (rows: ReturnType<typeof visit>, more: Partial<SessionRecipe> = {}) => {
  const table = buildInteractionTable(rows)
  return sessionRanker({ recipe: { ...recipe, ...more }, items: table.items, index: buildSessionIndex(table, { maxSessions: 1000 }) })
}
const seeing = (...products: string[]) => products.map((productId, at) => ({ productId, weight: 0.15, at }))

describe("sessionSequences()", () => {
  it("keeps order, joins an item repeated at once, and drops visits to one item and rows without a session", () => {
    const table = buildInteractionTable([...visit("s", 1, ["a", "a", "b", "a"]), ...visit("short", 0, ["a", "a"]), interaction({ productId: "b", day: 2 })])
    expect(sessionSequences(table, 0, table.item.length).map(({ items }) => items.map((item) => table.items[item]))).toEqual([["a", "b", "a"]])
  })
})

describe("sessionRanker()", () => {
  // sessions: a b | a c b. Seen: a. idf of a: log(1 + 2/2) = 0.693147, 0 steps ago.
  // first: 0.693147 / √4 = 0.346574; a gets it whole, b · e^(−1/4) = 0.269912
  // second: 0.693147 / √5 = 0.309985; a whole, c · e^(−1/4) = 0.241416, b · e^(−2/4) = 0.188015
  it("follows the formula", () => {
    const ranked = rankerOf([...visit("one", 1, ["a", "b"]), ...visit("two", 2, ["a", "c", "b"])])(seeing("a"), 10)
    expect(ranked).toEqual([
      { productId: "a", score: expect.closeTo(0.656559, 5), source: "session_knn", because: ["a"] },
      { productId: "b", score: expect.closeTo(0.457927, 5), source: "session_knn", because: ["a"] },
      { productId: "c", score: expect.closeTo(0.241416, 5), source: "session_knn", because: ["a"] },
    ])
  })
  it("counts what came before the shared item less than what came after", () => {
    const ranked = rankerOf(visit("one", 1, ["before", "a", "after"]))(seeing("a"), 10)
    const score = (id: string) => ranked.find(({ productId }) => productId === id)!.score
    expect(score("before") / score("after")).toBeCloseTo(0.7, 12)
  })
  it("halves the vote of an old session", () => {
    const rows = [...visit("old", 0, ["a", "x"]), ...visit("new", 10, ["a", "y"])]
    const ranked = rankerOf(rows, { halfLifeDays: 10 })(seeing("a"), 10)
    const score = (id: string) => ranked.find(({ productId }) => productId === id)!.score
    expect(score("x") / score("y")).toBeCloseTo(0.5, 6)
  })
  it("prefers the newest item of the visit, whatever order the signals come in", () => {
    const rank = rankerOf([...visit("one", 1, ["a", "x"]), ...visit("two", 1, ["b", "y"])])
    const seen = seeing("a", "b")
    const order = rank([...seen].reverse(), 10).map(({ productId }) => productId)
    expect(order.indexOf("y")).toBeLessThan(order.indexOf("x"))
    expect(order).toEqual(rank(seen, 10).map(({ productId }) => productId))
  })
  it("looks at the newest sessions of an item only, and lets only the most alike vote", () => {
    const rows = [...visit("one", 1, ["a", "x"]), ...visit("two", 2, ["a", "y"])]
    expect(rankerOf(rows, { samples: 1 })(seeing("a"), 10).map(({ productId }) => productId)).not.toContain("x")
    expect(rankerOf(rows, { neighbours: 1 })(seeing("a"), 10).map(({ productId }) => productId)).not.toContain("x")
  })
  it("stays inside the group a visitor looks at", () => {
    const ranked = rankerOf(groupedInteractions())(seeing("g1_0", "g1_3"), 6)
    expect(ranked.filter(({ productId }) => productId.startsWith("g1_")).length).toBeGreaterThanOrEqual(5)
  })
})
