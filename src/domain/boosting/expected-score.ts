import type { BoostedTrees } from "./types"

/** Mean raw score of the trained rows, as the trees have them: what `GroupShap` measures from. */
export function expectedScore(trees: BoostedTrees): number {
  let expected = trees.base
  for (let tree = 0; tree < trees.leafStarts.length - 1; tree++) {
    let sum = 0
    let cover = 0
    for (let leaf = trees.leafStarts[tree] as number; leaf < (trees.leafStarts[tree + 1] as number); leaf++) {
      sum += (trees.leafValues[leaf] as number) * (trees.leafCovers[leaf] as number)
      cover += trees.leafCovers[leaf] as number
    }
    expected += cover > 0 ? sum / cover : 0
  }
  return expected
}
