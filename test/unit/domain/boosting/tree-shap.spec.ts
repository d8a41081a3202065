import { binTable, expectedScore, predictBoosting, trainBoosting, treeShap, type BoostedTrees } from "../../../../src/domain/boosting"
import { binOf } from "../../../../src/domain/boosting/bin-writer"
import { goesLeft } from "../../../../src/domain/boosting/predict-boosting"
import { boostingData } from "../../../support/boosting-data"

const data = boostingData(800, 4)
const train = (columns: number, rounds: number) => {
  const columnsUsed = data.columns.slice(8 - columns)
  const table = binTable({ columns: columnsUsed, names: columnsUsed.map((_, at) => `x${at}`), categorical: new Set([columns - 1]), maxBins: 20 })
  return {
    columnsUsed,
    trees: trainBoosting({
      table,
      target: data.demand,
      weight: data.weight,
      options: { loss: { kind: "squared" }, rounds, leaves: 12, leastRowsInLeaf: 5, columnShare: 1 },
    }),
  }
}
const rowOf = (columns: Float32Array[], row: number) => columns.map((column) => column[row]!)

/** Mean score when only some columns are known: unknown splits are passed by share of trained weight. */
function scoreKnowing(trees: BoostedTrees, row: number[], isKnown: (column: number) => boolean): number {
  const coverOf = (child: number): number => (child >= 0 ? trees.nodeCovers[child]! : trees.leafCovers[~child]!)
  const visit = (child: number): number => {
    if (child < 0) return trees.leafValues[~child]!
    const [column, left, right] = [trees.features[child]!, trees.lefts[child]!, trees.rights[child]!]
    if (isKnown(column)) return visit(goesLeft(trees, child, binOf(trees.rules[column]!, row[column]!)) ? left : right)
    return (coverOf(left) * visit(left) + coverOf(right) * visit(right)) / (coverOf(left) + coverOf(right))
  }
  let score = trees.base
  for (let tree = 0; tree < trees.nodeStarts.length - 1; tree++) score += visit(trees.nodeStarts[tree]!)
  return score
}

/** Shapley's definition over all subsets of columns. */
function shapley(trees: BoostedTrees, row: number[]): number[] {
  const count = row.length
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  return row.map((_, column) => {
    let sum = 0
    for (let known = 0; known < 2 ** count; known++) {
      if ((known >> column) & 1) continue
      const size = [...known.toString(2)].filter((digit) => digit === "1").length
      const share = (factorial(size) * factorial(count - size - 1)) / factorial(count)
      const isIn = (set: number) => (other: number) => ((set >> other) & 1) === 1
      sum += share * (scoreKnowing(trees, row, isIn(known | (1 << column))) - scoreKnowing(trees, row, isIn(known)))
    }
    return sum
  })
}

describe("treeShap()", () => {
  it("is Shapley's value by its definition, over all subsets of five columns", () => {
    const { trees, columnsUsed } = train(5, 3)
    for (const row of [0, 1, 2, 3]) {
      const values = rowOf(columnsUsed, row)
      for (const [column, value] of shapley(trees, values).entries()) expect(treeShap(trees, values)[column]).toBeCloseTo(value, 10)
    }
  })

  it("sums to the score minus the expected one, with a value missing or a category unknown as well", () => {
    const { trees, columnsUsed } = train(8, 25)
    const rows = Array.from({ length: 60 }, (_, row) => rowOf(columnsUsed, row))
    rows[0] = rows[0]!.map(() => NaN)
    rows[1]![7] = 99
    const scores = predictBoosting(
      trees,
      columnsUsed.map((_, column) => Float32Array.from(rows, (row) => row[column]!)),
      60
    )
    for (const [at, row] of rows.entries()) expect(treeShap(trees, row).reduce((sum, value) => sum + value, expectedScore(trees))).toBeCloseTo(scores[at]!, 9)
  })

  it("is 0 everywhere without splits and refuses a row of another width", () => {
    expect(treeShap(train(5, 0).trees, [1, 2, 3, 4, 5])).toEqual(new Float64Array(5))
    expect(() => treeShap(train(5, 0).trees, [1])).toThrow("row has 1 values; expected 5: x0")
  })
})
