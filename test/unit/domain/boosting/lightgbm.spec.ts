import { applyLink, binTable, binTableLike, predictBoosting, trainBoosting, type BoostingLoss } from "../../../../src/domain/boosting"
import { boostingData } from "../../../support/boosting-data"

const known = boostingData(4000, 1)
const unseen = boostingData(4000, 2)
const table = binTable({ ...known, maxBins: 63 })
// the parameters of test/support/lightgbm-losses.py; no row or column is left to chance
const settings = { learningRate: 0.08, leaves: 15, leastRowsInLeaf: 20, l2: 1, columnShare: 1, rowShare: 1, rounds: 60 }
const groups = new Uint32Array(400).fill(10)

function heldOutScores(loss: BoostingLoss, target: Float64Array, weight?: Float64Array): Float64Array {
  const trees = trainBoosting({ table, target, ...(weight && { weight }), options: { ...settings, loss } })
  return applyLink(trees.link, predictBoosting(trees, unseen.columns, 4000))
}

function meanLoss(predictions: Float64Array, target: Float64Array, lossOf: (prediction: number, wanted: number) => number): number {
  const total = unseen.weight.reduce((sum, weight) => sum + weight, 0)
  return predictions.reduce((sum, prediction, row) => sum + unseen.weight[row]! * lossOf(prediction, target[row]!), 0) / total
}

function ndcg(scores: Float64Array, relevance: Float64Array, at: number): number {
  let sum = 0
  for (let start = 0; start < scores.length; start += 10) {
    const rows = Array.from({ length: 10 }, (_, row) => start + row)
    const dcg = (order: number[]) => order.slice(0, at).reduce((total, row, rank) => total + (2 ** relevance[row]! - 1) / Math.log2(2 + rank), 0)
    const best = dcg(rows.toSorted((a, b) => relevance[b]! - relevance[a]!))
    sum += best === 0 ? 1 : dcg(rows.toSorted((a, b) => scores[b]! - scores[a]! || a - b)) / best
  }
  return sum / (scores.length / 10)
}

const pinball = (level: number) => (prediction: number, wanted: number) =>
  wanted >= prediction ? level * (wanted - prediction) : (1 - level) * (prediction - wanted)

describe("trainBoosting() beside LightGBM 4.7.0 on the same rows and parameters", () => {
  // expected: LightGBM's held-out loss, printed by test/support/lightgbm-losses.py
  it.each<[string, BoostingLoss, (prediction: number, wanted: number) => number, number]>([
    ["squared", { kind: "squared" }, (prediction, wanted) => (prediction - wanted) ** 2, 6.70809],
    ["quantile 0.8", { kind: "quantile", level: 0.8 }, pinball(0.8), 0.670131],
    ["quantile 0.3", { kind: "quantile", level: 0.3 }, pinball(0.3), 0.937374],
    ["tweedie", { kind: "tweedie", power: 1.5 }, (prediction, wanted) => prediction ** 0.5 / 0.5 + (wanted * prediction ** -0.5) / 0.5, 7.563765],
  ])("%s: a held-out loss at most 1% worse", (_, loss, lossOf, lightgbm) => {
    const ours = meanLoss(heldOutScores(loss, known.demand, known.weight), unseen.demand, lossOf)
    expect(ours / lightgbm).toBeLessThan(1.01)
    expect(ours / lightgbm).toBeGreaterThan(0.97)
  })

  it("logistic: a held-out loss at most 1% worse", () => {
    const chances = heldOutScores({ kind: "logistic" }, known.bought, known.weight)
    const ours = meanLoss(chances, unseen.bought, (chance, wanted) => -Math.log(wanted === 1 ? chance : 1 - chance))
    expect(ours / 0.655987).toBeLessThan(1.01)
    expect(ours / 0.655987).toBeGreaterThan(0.97)
  })

  it("LambdaRank: an NDCG@5 at most 1% lower", () => {
    const scores = heldOutScores({ kind: "lambdarank", groups, truncation: 5 }, known.relevance)
    expect(ndcg(scores, unseen.relevance, 5)).toBeGreaterThan(0.694245 * 0.99)
  })

  it("stops where the validation loss is lowest and leaves the later trees out", () => {
    const validation = { table: binTableLike(table, unseen.columns), target: unseen.demand, weight: unseen.weight }
    const losses: number[] = []
    const options = { ...settings, learningRate: 0.3, rounds: 400, patience: 10, loss: { kind: "squared" } as const }
    const trees = trainBoosting({ table, target: known.demand, weight: known.weight, validation, options, onRound: (_, loss) => losses.push(loss!) })
    const best = losses.indexOf(Math.min(...losses)) + 1
    expect(losses).toHaveLength(best + 10)
    expect(trees.nodeStarts).toHaveLength(best + 1)
    expect(meanLoss(predictBoosting(trees, unseen.columns, 4000), unseen.demand, (a, b) => (a - b) ** 2)).toBeCloseTo(losses[best - 1]!, 9)
  })
})
