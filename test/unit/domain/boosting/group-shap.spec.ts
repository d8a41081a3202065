import { binTable, expectedScore, GroupShap, predictBoosting, trainBoosting, type BoostedTrees } from "../../../../src/domain/boosting"
import { binOf } from "../../../../src/domain/boosting/bin-writer"
import { goesLeft } from "../../../../src/domain/boosting/predict-boosting"
import { boostingData } from "../../../support/boosting-data"

const data = boostingData(600, 4)
const columns = data.columns.slice(3)
const trees = trainBoosting({
  table: binTable({ columns, names: columns.map((_, at) => `x${at}`), categorical: new Set([4]), maxBins: 20 }),
  target: data.demand,
  weight: data.weight,
  options: { loss: { kind: "squared" }, rounds: 4, leaves: 12, leastRowsInLeaf: 5, columnShare: 1 },
})
const rowOf = (row: number) => columns.map((column) => column[row]!)

/** Mean score when only some columns are known: unknown splits are passed by share of trained weight. */
function scoreKnowing(forest: BoostedTrees, row: number[], isKnown: (column: number) => boolean): number {
  const coverOf = (child: number): number => (child >= 0 ? forest.nodeCovers[child]! : forest.leafCovers[~child]!)
  const visit = (child: number): number => {
    if (child < 0) return forest.leafValues[~child]!
    const [column, left, right] = [forest.features[child]!, forest.lefts[child]!, forest.rights[child]!]
    if (isKnown(column)) return visit(goesLeft(forest, child, binOf(forest.rules[column]!, row[column]!)) ? left : right)
    return (coverOf(left) * visit(left) + coverOf(right) * visit(right)) / (coverOf(left) + coverOf(right))
  }
  let score = forest.base
  for (let tree = 0; tree < forest.nodeStarts.length - 1; tree++) score += visit(forest.nodeStarts[tree]!)
  return score
}

/** Shapley's definition over all subsets of columns. */
function shapley(forest: BoostedTrees, row: number[]): number[] {
  const count = row.length
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  return row.map((_, column) => {
    let sum = 0
    for (let known = 0; known < 2 ** count; known++) {
      if ((known >> column) & 1) continue
      const size = [...known.toString(2)].filter((digit) => digit === "1").length
      const share = (factorial(size) * factorial(count - size - 1)) / factorial(count)
      const isIn = (set: number) => (other: number) => ((set >> other) & 1) === 1
      sum += share * (scoreKnowing(forest, row, isIn(known | (1 << column))) - scoreKnowing(forest, row, isIn(known)))
    }
    return sum
  })
}

describe("GroupShap", () => {
  it("is Shapley's value by its definition, over all subsets of five columns, where every column is a group of its own", () => {
    const shap = new GroupShap(trees, [0, 1, 2, 3, 4], 5)
    for (const row of [0, 1, 2, 3, 4]) {
      const expected = shapley(trees, rowOf(row))
      shap.of(rowOf(row)).forEach((value, column) => expect(value).toBeCloseTo(expected[column]!, 10))
    }
  })

  it("is 0 everywhere without splits", () => {
    const stumps = trainBoosting({
      table: binTable({ columns, names: columns.map((_, at) => `x${at}`), categorical: new Set(), maxBins: 20 }),
      target: data.demand,
      weight: data.weight,
      options: { loss: { kind: "squared" }, rounds: 0 },
    })
    expect(new GroupShap(stumps, [0, 1, 2, 3, 4], 5).of(rowOf(0))).toEqual(new Float64Array(5))
  })

  it("is Shapley's value by its definition where columns 0 and 3, and 1 and 4, go together", () => {
    const groupOf = [0, 1, 2, 0, 1]
    const shap = new GroupShap(trees, groupOf, 3)
    // three players: a group comes first, second (after either other one) or last in 2, 1 + 1 and 2 of the six orders
    for (const row of [0, 7, 9]) {
      const value = (...known: number[]) => scoreKnowing(trees, rowOf(row), (column) => known.includes(groupOf[column]!))
      const expected = [0, 1, 2].map((group) => {
        const [a, b] = [0, 1, 2].filter((other) => other !== group) as [number, number]
        return (2 * (value(group) - value()) + (value(a, group) - value(a)) + (value(b, group) - value(b)) + 2 * (value(a, b, group) - value(a, b))) / 6
      })
      shap.of(rowOf(row)).forEach((units, group) => expect(units).toBeCloseTo(expected[group]!, 10))
    }
  })

  it("sums to the score beside the expected one, also for missing values", () => {
    const shap = new GroupShap(trees, [0, 0, 1, 1, 2], 3)
    const missing = columns.map((column, at) => Float32Array.from(column, (value, row) => ((row + at) % 5 === 0 ? NaN : value)))
    const scores = predictBoosting(trees, missing, 20)
    for (let row = 0; row < 20; row++) {
      const sum = shap.of(missing.map((column) => column[row]!)).reduce((total, value) => total + value, 0)
      expect(sum).toBeCloseTo(scores[row]! - expectedScore(trees), 8)
    }
  })

  it("refuses groups of other columns, and more groups than a leaf can tell apart", () => {
    expect(() => new GroupShap(trees, [0, 1], 2)).toThrow("groupOf has 2 columns; expected 5")
    expect(() => new GroupShap(trees, [0, 1, 2, 3, 4], 9)).toThrow("groups is 9; expected at most 8")
  })
})
