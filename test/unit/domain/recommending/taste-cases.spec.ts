import { buildInteractionTable } from "../../../../src/domain/recommending/interaction-table"
import { tasteCases, thin } from "../../../../src/domain/recommending/taste-cases"
import { interaction } from "../../../support/interaction-builders"

describe("tasteCases()", () => {
  const table = buildInteractionTable([
    interaction({ userId: "known", productId: "a", day: 0 }),
    interaction({ userId: "other", productId: "b", day: 1 }),
    interaction({ userId: "other", productId: "c", day: 1 }),
    interaction({ userId: "known", productId: "a", day: 10, weight: 0.15 }),
    interaction({ userId: "known", productId: "b", day: 11 }),
    interaction({ userId: "known", productId: "unheard", day: 12 }),
    interaction({ userId: "stranger", productId: "a", day: 12 }),
    interaction({ userId: "other", productId: "a", day: 13, weight: 0.15 }),
    interaction({ userId: "known", productId: "c", day: 39 }),
  ])
  const names = (repeats: boolean) =>
    tasteCases(table, { split: 3, end: 9, repeats, limit: 10 }).map(({ first, targets }) => [table.items[first], targets.map((item) => table.items[item])])

  it("wants what known people bought within 28 days, else what they touched; first is the first touch", () => {
    expect(names(true)).toEqual([
      ["a", ["b"]],
      ["a", ["a"]],
    ])
  })
  it("wants only new items when repeats are removed", () => {
    expect(names(false)).toEqual([
      ["b", ["b"]],
      ["a", ["a"]],
    ])
  })
  it("knows nothing of the person after the split", () => {
    expect(tasteCases(table, { split: 3, end: 9, repeats: true, limit: 10 })[0]?.before).toHaveLength(1)
  })
})

describe("thin()", () => {
  it("spreads evenly", () => expect(thin([0, 1, 2, 3, 4, 5, 6, 7], 4)).toEqual([0, 2, 4, 6]))
  it("keeps few as they are", () => expect(thin([1, 2], 4)).toEqual([1, 2]))
})
