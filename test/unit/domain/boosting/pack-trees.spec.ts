import { binTable, packTrees, predictBoosting, trainBoosting, unpackTrees } from "../../../../src/domain/boosting"
import { packModel } from "../../../../src/domain/model-bytes"
import { boostingData } from "../../../support/boosting-data"

const data = boostingData(3000, 6)
const trees = trainBoosting({
  table: binTable({ ...data, maxBins: 63 }),
  target: data.demand,
  options: { loss: { kind: "tweedie", power: 1.5 }, rounds: 5, leastRowsInLeaf: 5, columnShare: 1 },
})

describe("packTrees() and unpackTrees()", () => {
  it("give back the trees to the last bit", () => {
    const back = unpackTrees(packTrees(trees))
    expect(back).toEqual(trees)
    expect(predictBoosting(back, data.columns, 3000)).toEqual(predictBoosting(trees, data.columns, 3000))
  })

  it("take a forest without trees", () => {
    const none = trainBoosting({ table: binTable({ ...data, maxBins: 63 }), target: data.demand, options: { loss: { kind: "squared" }, rounds: 0 } })
    expect(unpackTrees(packTrees(none))).toEqual(none)
  })

  it.each<[string, Uint8Array, string]>([
    ["another kind of model", packModel("taste", {}, {}), 'model is of kind "taste"; expected "boosted-trees"'],
    ["another version", packModel("boosted-trees", { version: 2 }, {}), "expected version 1"],
    ["a cut model", packTrees(trees).subarray(0, -8), "its header expects"],
    ["a node above itself", packTrees({ ...trees, lefts: trees.lefts.map((left, at) => (at === 3 ? 0 : left)) }), "node 3 of tree 0 points outside its tree"],
    [
      "a leaf of another tree",
      packTrees({ ...trees, lefts: trees.lefts.map((left, at) => (at === 0 ? ~trees.leafValues.length : left)) }),
      "node 0 of tree 0 points outside",
    ],
    ["a column that is not there", packTrees({ ...trees, features: trees.features.map(() => 8) }), "do not fit together"],
    [
      "a child of two nodes",
      packTrees({ ...trees, rights: trees.rights.map((right, at) => (at === 2 ? trees.lefts[2]! : right)) }),
      "two nodes of tree 0 share a child",
    ],
    ["a tree with leaves too few", packTrees({ ...trees, leafStarts: trees.leafStarts.map((start, at) => start - (at === 1 ? 1 : 0)) }), "nodes and"],
    ["a set that is not there", packTrees({ ...trees, categorySets: new Int32Array(0) }), "points outside its tree"],
  ])("refuse %s", (_, bytes, message) => {
    const unpack = () => unpackTrees(bytes)
    expect(unpack).toThrow(message)
    expect(unpack).toThrow(expect.objectContaining({ code: "invalid_model" }) as Error)
  })
})
