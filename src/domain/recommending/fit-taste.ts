import { fitEase } from "./ease"
import { fitItemKnn } from "./item-knn"
import type { SparseRows } from "./sparse-rows"
import type { OnStep } from "./symmetric-inverse"
import type { TasteModel, TasteRecipe } from "./taste-model"
import type { InteractionTable } from "./types"
import { userHistories } from "./user-histories"

/** Newest items a person is known by. */
const HISTORY_CAP = 200
const NEIGHBOURS = 100

/**
 * Fits item-item weights on the first `rows` interactions: EASE for the `easeItems` most-used items, cosine kNN for what touches the others.
 * Cosine weights are scaled so that the strongest neighbours of both kinds have the same median.
 * @param onStep Called while it works; may throw to stop.
 */
export async function fitTaste(
  table: InteractionTable,
  { rows = table.item.length, recipe, easeItems, onStep }: { rows?: number; recipe: TasteRecipe; easeItems: number; onStep?: OnStep }
): Promise<TasteModel> {
  const itemCount = table.items.length
  const histories = userHistories(table, { rows, halfLifeDays: recipe.halfLifeDays ?? Infinity, cap: HISTORY_CAP })
  const cosine = await fitItemKnn(histories, { itemCount, neighbours: NEIGHBOURS, shrinkage: recipe.shrinkage, onStep: () => onStep?.(0, 1) })
  const model = { recipe, items: table.items, dataEnd: table.at[rows - 1] ?? 0 }
  const chosen = recipe.algorithm === "ease" ? mostUsed(histories, itemCount, easeItems) : new Int32Array(0)
  const learned = new Int32Array(itemCount)
  for (const item of chosen) learned[item] = 1
  if (chosen.length < 2) return { ...model, neighbours: cosine, learned: learned.fill(0) }
  const ease = await fitEase(histories, { itemCount, items: chosen, lambda: recipe.lambda, neighbours: NEIGHBOURS, onStep })
  return { ...model, neighbours: chosen.length === itemCount ? ease : merge(ease, cosine, learned), learned }
}

function mostUsed(histories: SparseRows, itemCount: number, limit: number): Int32Array {
  const used = new Float64Array(itemCount)
  for (const [at, item] of histories.index.entries()) used[item]! += histories.value[at]!
  const items = Array.from({ length: itemCount }, (_, item) => item).filter((item) => used[item]! > 0)
  return Int32Array.from(items.sort((one, two) => used[two]! - used[one]! || one - two).slice(0, limit))
}

/** EASE's weights between learned items, scaled cosine wherever one of the two was not learned. */
function merge(ease: SparseRows, cosine: SparseRows, learned: Int32Array): SparseRows {
  const scale = medianStrongest(ease) / (medianStrongest(cosine) || 1)
  const start = new Int32Array(ease.start.length)
  const index: number[] = []
  const value: number[] = []
  for (let row = 0; row + 1 < start.length; row++) {
    for (let at = ease.start[row]!; at < ease.start[row + 1]!; at++) {
      index.push(ease.index[at]!)
      value.push(ease.value[at]!)
    }
    for (let at = cosine.start[row]!; at < cosine.start[row + 1]!; at++) {
      if (learned[row] === 1 && learned[cosine.index[at]!] === 1) continue
      index.push(cosine.index[at]!)
      value.push(cosine.value[at]! * scale)
    }
    start[row + 1] = index.length
  }
  return { start, index: Int32Array.from(index), value: Float32Array.from(value) }
}

function medianStrongest({ start, value }: SparseRows): number {
  const strongest: number[] = []
  for (let row = 0; row + 1 < start.length; row++) if (start[row + 1]! > start[row]!) strongest.push(value[start[row]!]!)
  return strongest.sort((one, two) => one - two)[strongest.length >> 1] ?? 0
}
