import { z } from "zod"
import { ForesightError } from "../errors"
import { packModel, unpackModel } from "../model-bytes"
import type { RankedProduct, Ranker, Signal } from "./ranker"
import type { SparseRows } from "./sparse-rows"
import { TopK } from "./top-k"

/** What training chose. Half-lives in days; `null`: age does not matter. */
export const TasteRecipe = z.object({
  /** `item_knn`: cosine for all items; `ease`: EASE for the most-used ones, cosine for the rest. */
  algorithm: z.enum(["ease", "item_knn"]),
  lambda: z.number().positive(),
  halfLifeDays: z.number().positive().nullable(),
  shrinkage: z.number().min(0),
  /** Weight of a person's second newest moment, third … : `stepDecay`¹, `stepDecay`² … */
  stepDecay: z.number().gt(0).max(1),
  /** How much an item already in the history speaks for itself; 0: only for others. */
  repeatWeight: z.number().min(0),
})
export type TasteRecipe = z.infer<typeof TasteRecipe>

/** Item-item weights: a unit of item i in a history adds `neighbours` row i to the scores. */
export interface TasteModel {
  recipe: TasteRecipe
  items: string[]
  neighbours: SparseRows
  /** 1 where the item's weights come from EASE. */
  learned: Int32Array
  /** End of the data it was fitted on, seconds since 1970. */
  dataEnd: number
}

const Meta = z.object({ recipe: TasteRecipe, items: z.array(z.string()), dataEnd: z.number() })

/** Bytes of a taste model; `loadTasteModel()` reads them back. */
export function tasteModelBytes({ recipe, items, neighbours, learned, dataEnd }: TasteModel): Uint8Array {
  return packModel("taste", { recipe, items, dataEnd }, { learned, start: neighbours.start, index: neighbours.index, value: neighbours.value })
}

/** @throws ForesightError `invalid_model`. */
export function loadTasteModel(bytes: Uint8Array): TasteModel {
  const packed = unpackModel("taste", bytes)
  const meta = Meta.safeParse(packed.meta)
  if (!meta.success) throw new ForesightError("invalid_model", `taste model: ${z.prettifyError(meta.error)}`)
  const neighbours = { start: packed.array("start", "i4"), index: packed.array("index", "i4"), value: packed.array("value", "f4") }
  const learned = packed.array("learned", "i4")
  const count = meta.data.items.length
  if (learned.length !== count || !isSparse(neighbours, count)) {
    throw new ForesightError("invalid_model", `taste model: its lists do not fit its ${count} items`)
  }
  return { ...meta.data, neighbours, learned }
}

function isSparse({ start, index, value }: SparseRows, count: number): boolean {
  if (start.length !== count + 1 || start[0] !== 0 || start[count] !== index.length || index.length !== value.length) return false
  for (let row = 0; row < count; row++) if (start[row + 1]! < start[row]!) return false
  return index.every((item) => item >= 0 && item < count)
}

/**
 * Weights of a person's items: min(1, Σ weight) · stepDecay^(moments since), where things done at one instant (the lines of an order) share a moment.
 * @param rows Item, weight and time of each interaction; times of any unit.
 */
export function historyWeights(rows: Iterable<{ item: number; weight: number; at: number }>, stepDecay: number): Map<number, number> {
  const sums = new Map<number, { weight: number; at: number }>()
  for (const { item, weight, at } of rows) {
    const seen = sums.get(item)
    sums.set(item, { weight: Math.min(1, (seen?.weight ?? 0) + weight), at: Math.max(at, seen?.at ?? at) })
  }
  const moments = [...new Set([...sums.values()].map(({ at }) => at))].sort((one, two) => two - one)
  const step = new Map(moments.map((at, index) => [at, index]))
  return new Map([...sums].map(([item, { weight, at }]) => [item, weight * stepDecay ** step.get(at)!]))
}

/** Adds what a history says to `scores`, one an item of the model. */
export function addTasteScores(model: TasteModel, history: ReadonlyMap<number, number>, scores: Float64Array): void {
  const { start, index, value } = model.neighbours
  for (const [item, weight] of history) {
    for (let at = start[item]!; at < start[item + 1]!; at++) scores[index[at]!]! += weight * value[at]!
    if (model.recipe.repeatWeight > 0) scores[item]! += weight * model.recipe.repeatWeight
  }
}

/** The model as a ranker of a person's history. It holds room for one score an item; a call goes through the lists of the history's items twice. */
export function tasteRanker(model: TasteModel): Ranker {
  const indexes = new Map(model.items.map((id, index) => [id, index]))
  const scores = new Float64Array(model.items.length)
  const place = new Int32Array(model.items.length).fill(-1)
  return (signals: readonly Signal[], limit: number): RankedProduct[] => {
    const rows = signals.flatMap(({ productId, weight, at }) => {
      const item = indexes.get(productId)
      return item === undefined || !(weight > 0) ? [] : [{ item, weight, at }]
    })
    const history = historyWeights(rows, model.recipe.stepDecay)
    addTasteScores(model, history, scores)
    const best = new TopK(Math.min(limit, model.items.length))
    for (let item = 0; item < scores.length; item++) if (scores[item]! > 0) best.offer(item, scores[item]!)
    scores.fill(0)
    const ranked = best.drain()
    const reasons = reasonsOf(model, history, ranked.map(({ index }) => index), place)
    return ranked.map(({ index, value }, at) => {
      const because = reasons[at] ?? []
      const learned = because.some((item) => model.learned[item] === 1)
      return { productId: model.items[index]!, score: value, source: learned ? "ease" : "item_knn", because: because.map((item) => model.items[item]!) }
    })
  }
}

/** For each target the at most two items of the history that speak most for it, the stronger first.
 * @param place Room for one number an item, all −1; so again afterwards. */
function reasonsOf(model: TasteModel, history: ReadonlyMap<number, number>, targets: readonly number[], place: Int32Array): number[][] {
  const { start, index, value } = model.neighbours
  const strongest = targets.map(() => new TopK(2))
  targets.forEach((item, at) => (place[item] = at))
  const offer = (target: number, item: number, strength: number) => {
    if (strength > 0) strongest[place[target]!]?.offer(item, strength)
  }
  for (const [item, weight] of history) {
    offer(item, item, weight * model.recipe.repeatWeight)
    for (let at = start[item]!; at < start[item + 1]!; at++) if (place[index[at]!]! >= 0) offer(index[at]!, item, weight * value[at]!)
  }
  for (const item of targets) place[item] = -1
  return strongest.map((best) => best.drain().map(({ index: item }) => item))
}
