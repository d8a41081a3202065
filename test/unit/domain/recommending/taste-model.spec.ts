import { packModel } from "../../../../src/domain/model-bytes"
import { createRandom } from "../../../../src/domain/random"
import { sparseRows } from "../../../../src/domain/recommending/sparse-rows"
import type { TasteModel } from "../../../../src/domain/recommending/taste-model"
import { historyWeights, loadTasteModel, tasteModelBytes, tasteRanker } from "../../../../src/domain/recommending/taste-model"

const model: TasteModel = {
  recipe: { algorithm: "ease", lambda: 30, halfLifeDays: null, shrinkage: 3, stepDecay: 0.5, repeatWeight: 0 },
  items: ["tea", "cup", "pot"],
  neighbours: sparseRows([
    [
      { index: 1, value: 0.5 },
      { index: 2, value: 0.25 },
    ],
    [{ index: 2, value: 0.75 }],
    [],
  ]),
  learned: Int32Array.of(1, 0, 0),
  dataEnd: 100,
}

describe("historyWeights()", () => {
  it("sums weights to at most 1 and halves them a moment, an order's lines sharing one", () => {
    const rows = [
      { item: 1, weight: 1, at: 10 },
      { item: 2, weight: 1, at: 10 },
      { item: 3, weight: 0.15, at: 20 },
      { item: 4, weight: 0.8, at: 5 },
      { item: 4, weight: 0.8, at: 30 },
    ]
    expect([...historyWeights(rows, 0.5)].sort()).toEqual([
      [1, 0.25],
      [2, 0.25],
      [3, 0.075],
      [4, 1],
    ])
  })
})

describe("tasteRanker()", () => {
  const rank = tasteRanker(model)
  const signals = [
    { productId: "tea", weight: 1, at: 2 },
    { productId: "cup", weight: 1, at: 1 },
    { productId: "unheard", weight: 1, at: 3 },
  ]

  // tea 1, cup 0.5 (one moment earlier): pot 0.25 + 0.5 · 0.75 = 0.625, cup 0.5
  it("adds the neighbours of the history and names what speaks most", () => {
    expect(rank(signals, 10)).toEqual([
      { productId: "pot", score: 0.625, source: "ease", because: ["cup", "tea"] },
      { productId: "cup", score: 0.5, source: "ease", because: ["tea"] },
    ])
  })
  it("says item_knn where no learned item speaks", () => {
    expect(rank([{ productId: "cup", weight: 1, at: 1 }], 10)).toMatchObject([{ productId: "pot", source: "item_knn" }])
  })
  it("lets an item speak for itself by the repeat weight", () => {
    const repeating = tasteRanker({ ...model, recipe: { ...model.recipe, repeatWeight: 0.6 } })
    expect(repeating([{ productId: "tea", weight: 1, at: 1 }], 1)).toEqual([{ productId: "tea", score: 0.6, source: "ease", because: ["tea"] }])
  })
})

describe("the reasons of tasteRanker()", () => {
  it("are for every product the two items of the history that add most to its score", () => {
    const random = createRandom(7)
    const items = Array.from({ length: 40 }, (_, index) => `p${index}`)
    const weights = items.map((_, row) => items.map((_, column) => (column === row || random() < 0.6 ? 0 : random() - 0.2)))
    const neighbours = sparseRows(weights.map((row) => row.flatMap((value, index) => (value === 0 ? [] : [{ index, value }]))))
    const recipe = { ...model.recipe, stepDecay: 0.9, repeatWeight: 0.3 }
    const rank = tasteRanker({ ...model, recipe, items, neighbours, learned: new Int32Array(40) })
    for (let round = 0; round < 50; round++) {
      const bought = items.filter(() => random() < 0.3)
      const signals = bought.map((productId, at) => ({ productId, weight: 0.2 + random(), at }))
      const spoken = historyWeights(signals.map(({ productId, weight, at }) => ({ item: items.indexOf(productId), weight, at })), 0.9)
      for (const { productId, because } of rank(signals, 20)) {
        const target = items.indexOf(productId)
        const voices = [...spoken]
          .map(([item, weight]) => ({ item, strength: weight * (item === target ? 0.3 : weights[item]![target]!) }))
          .filter(({ strength }) => strength > 0)
          .sort((one, two) => two.strength - one.strength)
        expect(because).toEqual(voices.slice(0, 2).map(({ item }) => items[item]))
      }
    }
  })
})

describe("loadTasteModel()", () => {
  it("gives back what was packed", () => expect(loadTasteModel(tasteModelBytes(model))).toEqual(model))
  it.each([
    ["settings out of range", { ...model, recipe: { ...model.recipe, stepDecay: 2 } }, "stepDecay"],
    ["lists of another length", { ...model, items: ["tea"] }, "do not fit its 1 items"],
    ["neighbours that are no items", { ...model, neighbours: { ...model.neighbours, index: Int32Array.of(1, 2, 9) } }, "do not fit"],
  ])("refuses %s", (_, bad, message) => {
    const load = () => loadTasteModel(tasteModelBytes(bad))
    expect(load).toThrow(message)
    expect(load).toThrow(expect.objectContaining({ code: "invalid_model" }) as Error)
  })
  it("refuses a session model", () => expect(() => loadTasteModel(packModel("session", {}, {}))).toThrow('of kind "session"'))
})
