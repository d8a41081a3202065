import { fitTaste } from "../../src/domain/recommending/fit-taste"
import { buildInteractionTable } from "../../src/domain/recommending/interaction-table"
import type { Ranker } from "../../src/domain/recommending/ranker"
import { buildSessionIndex, sessionRanker } from "../../src/domain/recommending/session-knn"
import { loadSessionModel, sessionModelBytes } from "../../src/domain/recommending/session-model"
import type { TasteRecipe } from "../../src/domain/recommending/taste-model"
import { loadTasteModel, tasteModelBytes, tasteRanker } from "../../src/domain/recommending/taste-model"
import { groupedInteractions } from "../support/interaction-builders"

const table = buildInteractionTable(groupedInteractions())
const taste = async (more: Partial<TasteRecipe>, easeItems: number): Promise<Ranker> => {
  const recipe: TasteRecipe = { algorithm: "ease", lambda: 20, halfLifeDays: 90, shrinkage: 3, stepDecay: 0.8, repeatWeight: 0.3, ...more }
  return tasteRanker(loadTasteModel(tasteModelBytes(await fitTaste(table, { recipe, easeItems }))))
}
const session = async (): Promise<Ranker> => {
  const recipe = { algorithm: "session_knn" as const, neighbours: 100, samples: 500, halfLifeDays: 30 }
  return sessionRanker(loadSessionModel(sessionModelBytes({ recipe, items: table.items, index: buildSessionIndex(table, { maxSessions: 200 }) })))
}

/** What every ranker promises; a new one is added here. */
describe.each<[string, () => Promise<Ranker>]>([
  ["EASE", () => taste({}, 100)],
  ["EASE with cosine for the rest", () => taste({}, 10)],
  ["item kNN", () => taste({ algorithm: "item_knn" }, 0)],
  ["session kNN", session],
])("ranker: %s", (_, make) => {
  let rank: Ranker
  beforeAll(async () => {
    rank = await make()
  })
  const signals = ["g0_1", "g0_2", "g2_3"].map((productId, at) => ({ productId, weight: 0.5, at }))

  it("proposes known products, none twice, best first, each with a finite positive score", () => {
    const ranked = rank(signals, 20)
    const ids = ranked.map(({ productId }) => productId)
    expect(ids.length).toBeGreaterThan(5)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id) => table.items.includes(id))).toBe(true)
    const scores = ranked.map(({ score }) => score)
    expect(scores).toEqual([...scores].sort((one, two) => two - one))
    expect(scores.every((score) => Number.isFinite(score) && score > 0)).toBe(true)
  })
  it("names products of the history as the cause", () => {
    for (const { because } of rank(signals, 20)) {
      expect(because.length).toBeGreaterThan(0)
      expect(signals.map(({ productId }) => productId)).toEqual(expect.arrayContaining(because))
    }
  })
  it("has nothing to say about nothing, or about products it never met", () => {
    expect(rank([], 10)).toEqual([])
    expect(rank([{ productId: "unheard", weight: 1, at: 1 }], 10)).toEqual([])
  })
  it("answers the same again, and a shorter list is the beginning of the longer", () => {
    const ranked = rank(signals, 20)
    expect(rank(signals, 20)).toEqual(ranked)
    expect(rank(signals, 5)).toEqual(ranked.slice(0, 5))
    expect(rank(signals, 0)).toEqual([])
  })
})
