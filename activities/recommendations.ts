import type { Stores } from "../src/database/stores"
import type { CustomerVector, ItemNeighbours } from "../src/database/stores/recommendation-store"
import { addDays, type Day } from "../src/domain/day"
import { historyWeights, loadTasteModel, type TasteModel } from "../src/domain/recommending/taste-model"
import { POPULAR_HALF_LIFE_DAYS, popularLately } from "../src/domain/recommending/popular-lately"
import type { InteractionTable } from "../src/domain/recommending/types"
import type { ShopReader } from "../src/shop/shop-reader"
import { throwIfStopped, withHeartbeats, type ActivityContext } from "./activity-context"
import { allPages } from "./all-pages"
import { forgetTheGone } from "./forget-the-gone"

/** Neighbours kept of each product: enough that filtering never shortens a list. */
const NEIGHBOURS = 60
/** Products kept of one customer, the newest weigh most. */
const LIKED = 100
const POPULAR = 200
const POPULAR_DAYS = 90
const TASTE_DAYS = 730
const ROWS_AT_ONCE = 500
const VARIANTS_AT_ONCE = 500

export interface RecommendationActivityDeps {
  stores: Pick<Stores, "recommendations" | "modelVersions" | "events" | "carts" | "imports" | "reconcile">
  reader: ShopReader
  erasure: { maxShare: number }
  today: () => Day
  now: () => Date
  context: () => ActivityContext
}

export const createRecommendationActivities = ({ stores, reader, erasure, today, now, context }: RecommendationActivityDeps) => {
  const servingTaste = async () => {
    const version = await stores.modelVersions.serving("taste")
    return version ? { version, model: loadTasteModel(await stores.modelVersions.bytes(version.id)) } : null
  }

  return {
    /** Stores the strongest neighbours of every product of the taste model in service. Safe to retry: version and product key the row. */
    async storeNeighbours(): Promise<{ products: number }> {
      return withHeartbeats(context(), async (note) => {
        const taste = await servingTaste()
        if (!taste) return { products: 0 }
        const rows = taste.model.items.map((_, item) => neighboursOf(taste.model, item))
        for (let row = 0; row < rows.length; row += ROWS_AT_ONCE) {
          note({ row })
          await stores.recommendations.saveNeighbours(taste.version.id, rows.slice(row, row + ROWS_AT_ONCE))
        }
        await stores.recommendations.dropNeighboursExcept([taste.version.id])
        return { products: rows.length }
      })
    },

    /** Replaces what is popular in the whole shop and in each category. */
    async storePopular(): Promise<{ scopes: number }> {
      return withHeartbeats(context(), async (note) => {
        const computedAt = now()
        const table = await stores.events.interactions(addDays(today(), -POPULAR_DAYS))
        const scores = popularLately(table, { at: computedAt.getTime() / 1000, halfLifeDays: POPULAR_HALF_LIFE_DAYS })
        const ranked = table.items.map((productId, item) => ({ productId, score: scores[item] ?? 0 })).sort((one, two) => two.score - one.score || (one.productId < two.productId ? -1 : 1))
        await stores.recommendations.savePopular("", ranked.slice(0, POPULAR), computedAt)
        const categoryOf = await categories()
        const scopes = new Map<string, typeof ranked>()
        for (const product of ranked) {
          const category = categoryOf.get(product.productId)
          if (category) scopes.set(category, [...(scopes.get(category) ?? []), product])
        }
        for (const [category, products] of scopes) {
          note({ category })
          await stores.recommendations.savePopular(category, products.slice(0, POPULAR), computedAt)
        }
        return { scopes: scopes.size + 1 }
      })
    },

    /** Stores what every customer likes: the history the taste model ranks from, and what was bought. Customers without one lose theirs; those the shop
     * has no more are erased before. */
    async storeCustomers(): Promise<{ customers: number; warning?: string }> {
      const current = context()
      return withHeartbeats(current, async (note) => {
        const { refused } = await forgetTheGone({ stores, reader, ...erasure, now }, current, note)
        const computedAt = now()
        const taste = await servingTaste()
        const table = await stores.events.interactions(addDays(today(), -TASTE_DAYS))
        const vectors = customerVectors(table, taste?.model.recipe.stepDecay ?? 1)
        for (let row = 0; row < vectors.length; row += ROWS_AT_ONCE) {
          throwIfStopped(current)
          note({ row })
          await stores.recommendations.saveVectors(vectors.slice(row, row + ROWS_AT_ONCE), computedAt)
        }
        await stores.recommendations.removeVectorsBefore(computedAt)
        return { customers: vectors.length, ...(refused && { warning: refused }) }
      })
    },
  }

  async function categories(): Promise<Map<string, string>> {
    const found = new Map<string, string>()
    for await (const page of allPages((after) => reader.variantsPage(after, VARIANTS_AT_ONCE))) {
      for (const { productId, categoryId } of page) if (categoryId) found.set(productId, categoryId)
    }
    return found
  }
}
export type RecommendationActivities = ReturnType<typeof createRecommendationActivities>

function neighboursOf({ items, neighbours, learned }: TasteModel, item: number): ItemNeighbours {
  const entries: { other: number; score: number }[] = []
  for (let at = neighbours.start[item] ?? 0; at < (neighbours.start[item + 1] ?? 0); at += 1) {
    const other = neighbours.index[at] ?? item
    const score = neighbours.value[at] ?? 0
    if (other !== item && score > 0) entries.push({ other, score })
  }
  entries.sort((one, two) => two.score - one.score || one.other - two.other)
  const kept = entries.slice(0, NEIGHBOURS)
  return {
    productId: items[item] ?? "",
    neighbourIds: kept.map(({ other }) => items[other] ?? ""),
    scores: kept.map(({ score }) => score),
    sources: kept.map(({ other }) => (learned[other] ? "ease" : "item_knn")),
  }
}

/** Users that are no customers are marked as what they are (`EventStore.interactions`). */
const isCustomer = (userId: string) => !/^(visitor|session):/.test(userId)

/** What each customer likes, the strongest first. */
export function customerVectors(table: InteractionTable, stepDecay: number): CustomerVector[] {
  const rowsOf = new Map<number, { item: number; weight: number; at: number }[]>()
  const bought = new Map<number, Set<number>>()
  for (let row = 0; row < table.item.length; row += 1) {
    const user = table.user[row] ?? 0
    if (!isCustomer(table.users[user] ?? "")) continue
    const item = table.item[row] ?? 0
    const rows = rowsOf.get(user) ?? []
    rows.push({ item, weight: table.weight[row] ?? 0, at: table.at[row] ?? 0 })
    rowsOf.set(user, rows)
    if (table.purchase[row]) bought.set(user, (bought.get(user) ?? new Set()).add(item))
  }
  return [...rowsOf].map(([user, rows]) => {
    const liked = [...historyWeights(rows, stepDecay)].sort((one, two) => two[1] - one[1] || one[0] - two[0]).slice(0, LIKED)
    const id = (item: number) => table.items[item] ?? ""
    return {
      customerId: table.users[user] ?? "",
      productIds: liked.map(([item]) => id(item)),
      weights: liked.map(([, weight]) => weight),
      purchasedIds: [...(bought.get(user) ?? [])].map(id),
    }
  })
}
