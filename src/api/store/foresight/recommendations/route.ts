import type { AuthenticatedMedusaRequest, MedusaResponse, MedusaStoreRequest } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../modules/foresight/service"
import { handle } from "../../../handle"
import { bodyOfQuery } from "../validators"
import type { RecommendationsBody, RecommendationsQuery } from "../validators"

async function answer(req: MedusaStoreRequest, res: MedusaResponse, body: RecommendationsBody): Promise<void> {
  const foresight = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const customerId = (req as unknown as AuthenticatedMedusaRequest).auth_context?.actor_id || null
  const recommendations = await foresight.shelf.recommend(body, {
    query: req.scope.resolve(ContainerRegistrationKeys.QUERY),
    customerId,
    salesChannelIds: req.publishable_key_context.sales_channel_ids,
  })
  // Only what depends on nobody may be kept by a cache between us and the visitor.
  const personal = customerId !== null || body.session_id !== undefined || body.context.cart_id !== undefined
  res.vary("x-publishable-api-key, authorization, cookie")
  res.setHeader("Cache-Control", personal || req.method !== "GET" ? "private, no-store" : "public, max-age=60")
  res.json(recommendations)
}

/** Products ranked for this visitor; each says what put it there. */
export const POST = handle((req: MedusaStoreRequest<RecommendationsBody>, res: MedusaResponse) => answer(req, res, req.validatedBody))

/** The same by query string, so that a cache can help where the answer is the same for all. */
export const GET = handle((req: MedusaStoreRequest, res: MedusaResponse) => answer(req, res, bodyOfQuery(req.validatedQuery as RecommendationsQuery)))
