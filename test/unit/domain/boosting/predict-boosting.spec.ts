import { applyLink, binTable, predictBoosting, trainBoosting, type BoostingLoss } from "../../../../src/domain/boosting"
import { followPaths } from "../../../../src/domain/boosting/predict-boosting"
import { boostingData } from "../../../support/boosting-data"
import fc from "../../../support/properties"

const data = boostingData(1500, 3)
const table = binTable({ ...data, maxBins: 63 })
const squared = { kind: "squared" } as const
const trees = trainBoosting({ table, target: data.demand, options: { loss: squared, rounds: 12, leastRowsInLeaf: 5 } })

describe("predictBoosting()", () => {
  it.each([0, 1, 63, 64, 65, 1500])("gives %d rows what following each path gives", (rows) => {
    expect(predictBoosting(trees, data.columns, rows)).toEqual(followPaths(trees, data.columns, rows))
  })

  it("follows paths where a tree has more leaves than a byte can number, and sends unseen values somewhere", () => {
    const large = trainBoosting({
      table,
      target: data.demand,
      options: { loss: squared, rounds: 2, leaves: 400, leastRowsInLeaf: 1, columnShare: 1, rowShare: 1 },
    })
    expect(large.leafStarts[1]).toBeGreaterThan(256)
    const scores = predictBoosting(large, data.columns, 1500)
    const error = (predictions: Float64Array) => predictions.reduce((sum, score, row) => sum + (score - data.demand[row]!) ** 2, 0)
    expect(error(scores)).toBeLessThan(error(new Float64Array(1500).fill(large.base)))
  })

  it("takes values that training never saw", () => {
    const strange = [NaN, Infinity, -Infinity, 3e38, -0, 1e-45, 99, -7]
    const columns = data.columns.map((_, at) => Float32Array.from(strange, (__, row) => strange[(row + at) % strange.length]!))
    expect(predictBoosting(trees, columns, 8)).toEqual(followPaths(trees, columns, 8))
  })

  it("refuses columns that are missing or too short", () => {
    expect(() => predictBoosting(trees, data.columns.slice(1), 1)).toThrow("7 columns; expected 8: x0")
    expect(() => predictBoosting(trees, data.columns, 1501)).toThrow("column x0 has 1500 rows; expected 1501")
  })

  it("turns raw scores into means and probabilities", () => {
    expect([...applyLink("log", Float64Array.of(0, Math.log(3)))].map((mean) => Math.round(mean * 1e9) / 1e9)).toEqual([1, 3])
    expect([...applyLink("logit", Float64Array.of(0, -800, 800))]).toEqual([0.5, 0, 1])
    expect([...applyLink("identity", Float64Array.of(-2))]).toEqual([-2])
  })
})

const losses: BoostingLoss[] = [
  squared,
  { kind: "quantile", level: 0.7 },
  { kind: "tweedie", power: 1.3 },
  { kind: "logistic" },
  { kind: "lambdarank", groups: Uint32Array.of(30, 10), truncation: 4 },
]
const value = fc.oneof(fc.float(), fc.constantFrom(NaN, Infinity, -Infinity, 0, 1, 3))
const rowsOf = (count: number) =>
  fc.array(
    fc.tuple(value, value, fc.constantFrom(1, 2, 3, 1e9, NaN), fc.double({ min: 0, max: 1e6, noNaN: true }), fc.double({ min: 1e-9, max: 1e12, noNaN: true })),
    { minLength: count, maxLength: count }
  )

describe("boosted trees on any data", () => {
  const targetOf = ({ kind }: BoostingLoss, given: number) => (kind === "logistic" ? given / 1e6 : kind === "lambdarank" ? Math.floor(given) % 5 : given)

  it.each(losses)("never predict NaN or infinity: %j", (loss) => {
    const settings = fc.record({
      l2: fc.constantFrom(0, 1),
      leaves: fc.constantFrom(2, 9),
      leastRowsInLeaf: fc.constantFrom(1, 7),
      learningRate: fc.constantFrom(0.1, 1),
      seed: fc.integer(),
    })
    fc.assert(
      fc.property(rowsOf(40), settings, (rows, options) => {
        const columns = [0, 1, 2].map((at) => Float32Array.from(rows, (row) => row[at]!))
        const any = binTable({ columns, names: ["a", "b", "c"], categorical: new Set([2]), maxBins: 16 })
        const forest = trainBoosting({
          table: any,
          target: Float64Array.from(rows, (row) => targetOf(loss, row[3])),
          weight: Float64Array.from(rows, (row) => row[4]),
          options: { loss, rounds: 6, ...options },
        })
        expect([...predictBoosting(forest, columns, 40)].every((score) => Number.isFinite(score))).toBe(true)
      }),
      { numRuns: 60 }
    )
  })

  it.each(losses.slice(0, 4))("keep a monotone constraint everywhere: %j", (loss) => {
    fc.assert(
      fc.property(fc.constantFrom(-1 as const, 1 as const), fc.integer(), fc.integer({ min: 1, max: 30 }), (direction, seed, leastRowsInLeaf) => {
        const random = boostingData(300, seed)
        const target = random.demand.map((given) => targetOf(loss, loss.kind === "logistic" ? 1e6 * Number(given > 3) : given))
        const forest = trainBoosting({
          table: binTable({ ...random, maxBins: 32 }),
          target,
          weight: random.weight,
          options: { loss, rounds: 8, learningRate: 0.5, leaves: 12, leastRowsInLeaf, seed, monotone: [direction, 0, 0, direction, 0, 0, 0, 0] },
        })
        // each of 20 rows, with its first column at 26 values from below all to above all
        for (let row = 0; row < 20; row++) {
          const columns = random.columns.map((column, at) => Float32Array.from({ length: 26 }, (_, step) => (at === 0 ? step / 20 - 0.1 : column[row]!)))
          const scores = predictBoosting(forest, columns, 26)
          expect(scores.every((score, step) => step === 0 || direction * (score - scores[step - 1]!) >= -1e-12)).toBe(true)
        }
      }),
      { numRuns: 25 }
    )
  })
})
