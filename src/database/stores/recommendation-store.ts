import type { DataSource } from "typeorm"
import type { RecommendationSource } from "../../domain/recommending/types"
import { columnList, upsertRows } from "../bulk"
import { CustomerVectorEntity } from "../entities/customer-vector.entity"
import { ItemNeighbourEntity } from "../entities/item-neighbour.entity"
import { PopularProductEntity } from "../entities/popular-product.entity"
import { countChanged, holdLock, rows, transaction } from "../query"

/** The products that go with one product, best first; the three lists have the same length. */
export interface ItemNeighbours {
  productId: string
  neighbourIds: string[]
  scores: number[]
  sources: RecommendationSource[]
}
/** What a customer likes: products they acted on with their weights, and those they bought. */
export interface CustomerVector {
  customerId: string
  productIds: string[]
  weights: number[]
  purchasedIds: string[]
}
export interface PopularProduct {
  productId: string
  score: number
}

export interface RecommendationStore {
  /** Overwrites rows of one model version. @returns rows written. */
  saveNeighbours(modelVersionId: string, rows: readonly ItemNeighbours[]): Promise<number>
  /** All rows of a version (the web process holds them in memory); pass `productIds` for some. */
  neighbours(modelVersionId: string, productIds?: readonly string[]): Promise<ItemNeighbours[]>
  /** Removes neighbours of all versions but these. */
  dropNeighboursExcept(modelVersionIds: readonly string[]): Promise<number>
  saveVectors(rows: readonly CustomerVector[], computedAt: Date): Promise<number>
  vector(customerId: string): Promise<CustomerVector | null>
  /** Some customers that have a vector, by id. */
  customersWithVector(limit: number): Promise<string[]>
  removeVectorsBefore(before: Date): Promise<number>
  /** Replaces the list of a scope (`""`: the whole shop; else a sales channel or category id); best first. */
  savePopular(scope: string, products: readonly PopularProduct[], computedAt: Date): Promise<void>
  /** Best first. */
  popular(scope: string, limit: number): Promise<PopularProduct[]>
}

/** Makes the recommendation store of an opened data source. */
export function createRecommendationStore(dataSource: DataSource): RecommendationStore {
  return {
    saveNeighbours: (modelVersionId, neighbours) =>
      upsertRows(dataSource, dataSource, ItemNeighbourEntity, neighbours.map((row) => ({ ...row, modelVersionId }))),

    neighbours: (modelVersionId, productIds) =>
      rows<ItemNeighbours>(
        dataSource,
        `SELECT ${columnList(dataSource, ItemNeighbourEntity, { without: ["modelVersionId"] })} FROM foresight.item_neighbour
          WHERE model_version_id = $1 AND ($2::text[] IS NULL OR product_id = ANY($2::text[])) ORDER BY product_id`,
        [modelVersionId, productIds ?? null]
      ),

    dropNeighboursExcept: (modelVersionIds) =>
      countChanged(dataSource, "DELETE FROM foresight.item_neighbour WHERE model_version_id <> ALL($1::uuid[])", [modelVersionIds]),

    saveVectors: (vectors, computedAt) => upsertRows(dataSource, dataSource, CustomerVectorEntity, vectors.map((row) => ({ ...row, computedAt }))),

    async vector(customerId) {
      const [found] = await rows<CustomerVector>(
        dataSource,
        `SELECT ${columnList(dataSource, CustomerVectorEntity, { without: ["computedAt"] })} FROM foresight.customer_vector WHERE customer_id = $1`,
        [customerId]
      )
      return found ?? null
    },

    async customersWithVector(limit) {
      const found = await rows<{ customerId: string }>(
        dataSource,
        `SELECT customer_id AS "customerId" FROM foresight.customer_vector ORDER BY 1 LIMIT $1`,
        [limit]
      )
      return found.map(({ customerId }) => customerId)
    },

    removeVectorsBefore: (before) => countChanged(dataSource, "DELETE FROM foresight.customer_vector WHERE computed_at < $1", [before]),

    savePopular: (scope, products, computedAt) =>
      transaction(dataSource, async (manager) => {
        await holdLock(manager, `popular ${scope}`)
        await rows(manager, "DELETE FROM foresight.popular_product WHERE scope = $1", [scope])
        await upsertRows(manager, dataSource, PopularProductEntity, products.map((product, index) => ({ scope, ...product, rank: index + 1, computedAt })))
      }),

    popular: (scope, limit) =>
      rows<PopularProduct>(
        dataSource,
        `SELECT product_id AS "productId", score FROM foresight.popular_product WHERE scope = $1 ORDER BY rank LIMIT $2`,
        [scope, limit]
      ),
  }
}
