import { fitTaste } from "../../../../src/domain/recommending/fit-taste"
import { buildInteractionTable } from "../../../../src/domain/recommending/interaction-table"
import type { TasteModel, TasteRecipe } from "../../../../src/domain/recommending/taste-model"
import { groupedInteractions } from "../../../support/interaction-builders"

const recipe: TasteRecipe = { algorithm: "ease", lambda: 50, halfLifeDays: null, shrinkage: 1, stepDecay: 0.8, repeatWeight: 0 }
const table = buildInteractionTable(groupedInteractions({ users: 400 }))

/** Of the 7 strongest neighbours of each product, the share in its own group (8 products); by chance 7 / 31 = 0.23. */
function recovered({ items, neighbours: { start, index } }: TasteModel): number {
  const group = (item: number) => items[item]!.split("_")[0]
  let inside = 0
  for (let item = 0; item < items.length; item++) {
    for (let at = start[item]!; at < Math.min(start[item]! + 7, start[item + 1]!); at++) if (group(index[at]!) === group(item)) inside++
  }
  return inside / (7 * items.length)
}

describe("fitTaste()", () => {
  it("finds the groups that are bought together by EASE", async () => {
    const model = await fitTaste(table, { recipe, easeItems: 100 })
    expect(recovered(model)).toBeGreaterThan(0.95)
    expect([...model.learned]).toEqual(table.items.map(() => 1))
  })
  it("finds them by cosine", async () => {
    const model = await fitTaste(table, { recipe: { ...recipe, algorithm: "item_knn" }, easeItems: 100 })
    expect(recovered(model)).toBeGreaterThan(0.95)
    expect([...model.learned]).toEqual(table.items.map(() => 0))
  })
  it("finds them with EASE for some items and cosine for the others", async () => {
    const model = await fitTaste(table, { recipe, easeItems: 16 })
    expect(model.learned.reduce((sum, one) => sum + one, 0)).toBe(16)
    const { start, index } = model.neighbours
    const plain = model.learned.indexOf(0)
    expect(start[plain + 1]! - start[plain]!).toBeGreaterThan(0)
    const learned = model.learned.indexOf(1)
    expect([...index.slice(start[learned], start[learned + 1])].some((item) => model.learned[item] === 0)).toBe(true)
  })
  it("knows nothing of rows after the given ones", async () => {
    const half = await fitTaste(table, { rows: 10, recipe, easeItems: 100 })
    const seen = new Set(table.item.slice(0, 10))
    expect([...half.neighbours.index].every((item) => seen.has(item))).toBe(true)
  })
})
