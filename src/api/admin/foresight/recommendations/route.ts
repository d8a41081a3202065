import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../modules/foresight/service"
import { medusaShopReader } from "../../../../shop/medusa-shop-reader"
import type { RecommendationsAnswer } from "../../../answers"
import { handle } from "../../../handle"
import { RecommendationsBody } from "../../../store/foresight/validators"
import type { ProductRecommendationsQuery } from "../validators"

/** What visitors of a product's page are shown beside it, in any sales channel. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<RecommendationsAnswer>) => {
  const { shelf } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { product_id: productId, limit } = req.validatedQuery as ProductRecommendationsQuery
  const query = req.scope.resolve(ContainerRegistrationKeys.QUERY)
  const { salesChannels } = await medusaShopReader(query).frame()
  const body = RecommendationsBody.parse({ scenario: "product-related", limit, context: { product_ids: [productId] }, hydrate: true })
  res.json(await shelf.recommend(body, { query, customerId: null, salesChannelIds: salesChannels.map(({ id }) => id) }))
})
