import { binTable, packTrees, predictBoosting, trainBoosting, type BoostingOptions } from "../../../../src/domain/boosting"

const one: Omit<BoostingOptions, "loss"> = { rounds: 1, learningRate: 1, leaves: 2, leastRowsInLeaf: 1, columnShare: 1, rowShare: 1 }
const tableOf = (columns: number[][], categorical: number[] = []) =>
  binTable({
    columns: columns.map((column) => Float32Array.from(column)),
    names: columns.map((_, at) => `x${at}`),
    categorical: new Set(categorical),
    maxBins: 255,
  })

/** Predictions for the trained rows. */
function fitted(
  columns: number[][],
  target: number[],
  options: Partial<BoostingOptions> = {},
  { categorical = [] as number[], weight = undefined as number[] | undefined } = {}
) {
  const table = tableOf(columns, categorical)
  const task = { table, target: Float64Array.from(target), ...(weight && { weight: Float64Array.from(weight) }) }
  const trees = trainBoosting({ ...task, options: { loss: { kind: "squared" }, ...one, ...options } })
  const predict = (other: number[][]) => [
    ...predictBoosting(
      trees,
      other.map((column) => Float32Array.from(column)),
      other[0]!.length
    ),
  ]
  return { trees, predict, predictions: predict(columns) }
}

describe("trainBoosting() by hand", () => {
  // mean 5; gradients 5, 5, −5, −5; cut between 2 and 3: gain 10²/2 + 10²/2 − 0²/4 = 100; values −5 and 5
  it("splits where the squared loss falls most", () => {
    const { trees, predictions, predict } = fitted([[1, 2, 3, 4]], [0, 0, 10, 10])
    expect(trees.gains).toEqual(Float64Array.of(100))
    expect(predictions).toEqual([0, 0, 10, 10])
    expect(predict([[2.4, 2.6]])).toEqual([0, 10]) // the border is the middle, 2.5
  })

  it("takes the learning rate's share of the step and shrinks it by L2", () => {
    expect(fitted([[1, 2, 3, 4]], [0, 0, 10, 10], { learningRate: 0.1 }).predictions).toEqual([4.5, 4.5, 5.5, 5.5])
    // −10 / (2 + 2) = −2.5; gain 100 / 4 + 100 / 4 = 50
    const { trees, predictions } = fitted([[1, 2, 3, 4]], [0, 0, 10, 10], { l2: 2 })
    expect([...predictions, trees.gains[0]]).toEqual([2.5, 2.5, 7.5, 7.5, 50])
  })

  // mean (0·1 + 0·1 + 6·1 + 10·3) / 6 = 6; cut {1, 2} | {3, 4}: right (6 + 30) / 4 = 9
  it("weighs rows", () => {
    expect(fitted([[1, 2, 3, 4]], [0, 0, 6, 10], {}, { weight: [1, 1, 1, 3] }).predictions).toEqual([0, 0, 9, 9])
  })

  it("grows the leaf that gains most, and no leaf below the least number of rows", () => {
    const x = [1, 2, 3, 4, 5, 6]
    const y = [0, 0, 0, 10, 11, 90]
    expect(fitted([x], y, { leaves: 3 }).predictions).toEqual([0, 0, 0, 10.5, 10.5, 90])
    expect(fitted([x], y, { leaves: 3, leastRowsInLeaf: 2 }).predictions).toEqual([0, 0, 5, 5, 50.5, 50.5])
    expect(fitted([x], y, { leastRowsInLeaf: 4 }).trees.features).toHaveLength(0)
  })

  // start: 3, the smallest with half of the weight at or below; residuals left −2 −1 0, right 7 17 57
  it("gives a quantile's leaf the quantile of its residuals", () => {
    expect(fitted([[1, 2, 3, 4, 5, 6]], [1, 2, 3, 10, 20, 60], { loss: { kind: "quantile", level: 0.5 } }).predictions).toEqual([2, 2, 2, 20, 20, 20])
    expect(fitted([[1, 1, 1]], [1, 2, 9], { loss: { kind: "quantile", level: 0.9 } }).predictions).toEqual([9, 9, 9])
  })

  it("steps by Tweedie's gradient over its hessian", () => {
    const { trees } = fitted([[1, 2]], [1, 4], { loss: { kind: "tweedie", power: 1.5 } })
    // g = e^(s/2) − y·e^(−s/2), h = (e^(s/2) + y·e^(−s/2)) / 2 at e^s = 2.5
    const step = (y: number) => (-2 * (2.5 - y)) / (2.5 + y)
    expect(trees.base).toBeCloseTo(Math.log(2.5), 12)
    expect(trees.leafValues[0]).toBeCloseTo(step(1), 6)
    expect(trees.leafValues[1]).toBeCloseTo(step(4), 6)
  })

  // p = 1/2: g = ±1/2, h = 1/4: value ±2
  it("steps by the logistic gradient over its hessian", () => {
    expect(fitted([[1, 1, 2, 2]], [0, 0, 1, 1], { loss: { kind: "logistic" } }).predictions).toEqual([-2, -2, 2, 2])
  })

  it.each([
    ["right, with the greater values", [0, 10, 10, 10], [0, 10, 10, 10]],
    ["left, with the smaller values", [10, 0, 10, 10], [10, 0, 10, 10]],
    ["against all values", [0, 0, 10, 10], [0, 0, 10, 10]],
  ])("sends what is missing %s, whichever gains more", (_, target, expected) => {
    expect(fitted([[1, 2, NaN, NaN]], target).predictions).toEqual(expected)
  })

  it("sends what is missing only later with the larger part", () => {
    expect(fitted([[1, 2, 3, 4, 5]], [0, 10, 10, 10, 10]).predict([[NaN]])).toEqual([10])
    expect(fitted([[1, 2, 3, 4, 5]], [0, 0, 0, 0, 10]).predict([[NaN]])).toEqual([0])
  })

  it("parts few categories one against the rest; unseen ones go with the rest", () => {
    const { predictions, predict } = fitted([[3, 5, 7, 5]], [0, 10, 0, 10], {}, { categorical: [0] })
    expect(predictions).toEqual([0, 10, 0, 10])
    expect(predict([[NaN, 99, 5]])).toEqual([0, 0, 10])
  })

  // no cut of the codes' own order parts odd from even; the order by gradient does (Fisher 1958)
  it("parts many categories in the order of their gradients", () => {
    const codes = Array.from({ length: 1200 }, (_, row) => row % 12)
    const target = codes.map((code) => code % 2)
    expect(fitted([codes], target, {}, { categorical: [0] }).predictions).toEqual(target)
  })

  it("refuses a split that runs against a constraint", () => {
    expect(fitted([[1, 2, 3, 4]], [10, 10, 0, 0], { monotone: [1] }).trees.features).toHaveLength(0)
    expect(fitted([[1, 2, 3, 4]], [10, 10, 0, 0], { monotone: [-1] }).predictions).toEqual([10, 10, 0, 0])
  })

  it("trains on the rows it is given only", () => {
    const table = tableOf([[1, 2, 3, 4]])
    const trees = trainBoosting({ table, target: Float64Array.of(0, NaN, NaN, 10), rows: Uint32Array.of(0, 3), options: { ...one, loss: { kind: "squared" } } })
    expect([...predictBoosting(trees, [Float32Array.of(1, 4)], 2)]).toEqual([0, 10])
  })

  it("gives the same bytes for the same seed and others for another", () => {
    const x = Array.from({ length: 500 }, (_, row) => (row * 37) % 101)
    const train = (seed: number) =>
      packTrees(fitted([x, x.map((value) => value % 7)], x, { rounds: 5, leaves: 8, rowShare: 0.5, columnShare: 0.5, seed }).trees)
    expect(train(1)).toEqual(train(1))
    expect(train(1)).not.toEqual(train(2))
  })

  it("has no trees without rounds, and a constant where nothing can be told apart", () => {
    expect(fitted([[1, 2]], [1, 3], { rounds: 0 }).predictions).toEqual([2, 2])
    expect(fitted([[NaN, NaN, NaN]], [1, 2, 6]).predictions).toEqual([3, 3, 3])
    expect(fitted([[1, 2, 3]], [4, 4, 4], { rounds: 3 }).trees.features).toHaveLength(0)
  })
})

describe("trainBoosting() refuses", () => {
  const table = tableOf(
    [
      [1, 2],
      [1, 2],
    ],
    [1]
  )
  const target = Float64Array.of(1, 2)
  const squared = { kind: "squared" } as const
  it.each<[string, Partial<Parameters<typeof trainBoosting>[0]>]>([
    ["target[1] is NaN; expected a number between ±1000000000000000000", { target: Float64Array.of(1, NaN) }],
    ["target has 1 values; expected 2", { target: Float64Array.of(1) }],
    ["target[0] is -1; expected a number ≥ 0 for the Tweedie loss", { target: Float64Array.of(-1, 2), options: { loss: { kind: "tweedie", power: 1.5 } } }],
    ["target[1] is 2; expected a number from 0 to 1 for the logistic loss", { options: { loss: { kind: "logistic" } } }],
    [
      "target[0] is 0.5; expected a relevance 0, 1 … 30",
      { target: Float64Array.of(0.5, 1), options: { loss: { kind: "lambdarank", groups: Uint32Array.of(2), truncation: 3 } } },
    ],
    ["loss.groups holds 3 rows; expected 2", { options: { loss: { kind: "lambdarank", groups: Uint32Array.of(3), truncation: 3 } } }],
    ["weight[0] is 0; expected a number from 1e-9 to 1000000000000", { weight: Float64Array.of(0, 1) }],
    ["rows is empty", { rows: new Uint32Array(0) }],
    ["rows has 2; expected rows below 2", { rows: Uint32Array.of(0, 2) }],
    ["monotone has 1 directions; expected one for each of 2 columns", { options: { loss: squared, monotone: [1] } }],
    ["monotone[1] is 1; expected 0: x1 is categorical", { options: { loss: squared, monotone: [0, 1] } }],
    ["boosting option learningRate:", { options: { loss: squared, learningRate: 0 } }],
    ["boosting option loss.level:", { options: { loss: { kind: "quantile", level: 1 } } }],
    ["validation.target has 1 values; expected 2", { validation: { table, target: Float64Array.of(1) } }],
    ["validation.weight has 1 values; expected 2", { validation: { table, target, weight: Float64Array.of(1) } }],
    ["validation.table has no rows", { validation: { table: tableOf([[], []]), target: new Float64Array(0) } }],
    ["validation.table has 1 columns; expected the 2 of the trained one", { validation: { table: tableOf([[1, 2]]), target } }],
    ["validation.groups holds 3 rows; expected 2", { validation: { table, target, groups: Uint32Array.of(3) } }],
  ])("%s", (message, task) => {
    expect(() => trainBoosting({ table, target, options: { loss: squared }, ...task })).toThrow(message)
  })
})
