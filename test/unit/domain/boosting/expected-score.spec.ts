import { binTable, expectedScore, trainBoosting } from "../../../../src/domain/boosting"
import { boostingData } from "../../../support/boosting-data"

describe("expectedScore()", () => {
  const { columns, demand, weight } = boostingData(400, 4)
  const train = (rounds: number) => {
    const table = binTable({ columns, names: columns.map((_, at) => `x${at}`), categorical: new Set(), maxBins: 20 })
    return trainBoosting({ table, target: demand, weight, options: { loss: { kind: "squared" }, rounds, leaves: 12, leastRowsInLeaf: 5 } })
  }

  it("is the mean of each tree's leaves, by the rows that reached them, from the base on", () => {
    const trees = train(2)
    const meanOf = (tree: number) => {
      const leaves = Array.from({ length: trees.leafStarts[tree + 1]! - trees.leafStarts[tree]! }, (_, at) => trees.leafStarts[tree]! + at)
      const cover = leaves.reduce((sum, leaf) => sum + trees.leafCovers[leaf]!, 0)
      return leaves.reduce((sum, leaf) => sum + (trees.leafCovers[leaf]! / cover) * trees.leafValues[leaf]!, 0)
    }
    expect(expectedScore(trees)).toBeCloseTo(trees.base + meanOf(0) + meanOf(1), 12)
  })

  it("is about the mean that was learnt from", () => {
    const total = weight.reduce((sum, value) => sum + value, 0)
    const mean = demand.reduce((sum, value, row) => sum + value * weight[row]!, 0) / total
    expect(Math.abs(expectedScore(train(20)) / mean - 1)).toBeLessThan(0.02)
  })

  it("is the base where there is no tree", () => {
    const trees = train(0)
    expect(expectedScore(trees)).toBe(trees.base)
  })
})
