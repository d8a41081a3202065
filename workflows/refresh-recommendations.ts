import { proxyActivities } from "@temporalio/workflow"
import type { RecommendationActivities } from "../activities/recommendations"
import { PAGED } from "./activity-options"

const { storeNeighbours, storePopular, storeCustomers } = proxyActivities<RecommendationActivities>(PAGED)

export interface RecommendationsRefreshed {
  products: number
  customers: number
  /** What somebody should look at, e.g. that too many customers look deleted. */
  warning?: string
}

/** Stores what the versions in service recommend: neighbours of products, popular lists, what each customer likes. */
export async function refreshRecommendations(_input: Record<string, never>): Promise<RecommendationsRefreshed> {
  const { products } = await storeNeighbours()
  await storePopular()
  const { customers, warning } = await storeCustomers()
  return { products, customers, ...(warning && { warning }) }
}
