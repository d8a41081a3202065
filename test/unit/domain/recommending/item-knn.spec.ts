import { fitItemKnn } from "../../../../src/domain/recommending/item-knn"
import { sparseRows } from "../../../../src/domain/recommending/sparse-rows"

describe("fitItemKnn()", () => {
  const histories = sparseRows([
    [
      { index: 0, value: 1 },
      { index: 1, value: 0.5 },
    ],
    [
      { index: 0, value: 1 },
      { index: 1, value: 1 },
    ],
    [
      { index: 0, value: 1 },
      { index: 2, value: 1 },
    ],
  ])

  // 0·1: (1·0.5 + 1·1) / (√3 · √1.25 + 2); 0·2: 1 / (√3 · 1 + 2)
  it("is the cosine with its shrinkage", async () => {
    const { start, index, value } = await fitItemKnn(histories, { itemCount: 4, neighbours: 5, shrinkage: 2 })
    expect([...start]).toEqual([0, 2, 3, 4, 4])
    expect([...index]).toEqual([1, 2, 0, 0])
    expect([...value]).toEqual([0.38105, 0.2679492, 0.38105, 0.2679492].map((expected) => expect.closeTo(expected, 6) as number))
  })

  it("keeps no more neighbours than asked for", async () => {
    const { index } = await fitItemKnn(histories, { itemCount: 4, neighbours: 1, shrinkage: 0 })
    expect([...index]).toEqual([1, 0, 0])
  })
})
