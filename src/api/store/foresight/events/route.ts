import type { AuthenticatedMedusaRequest, MedusaResponse, MedusaStoreRequest } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../modules/foresight/service"
import { handle } from "../../../handle"
import type { EventBatch } from "../validators"

/** Takes a storefront's events; each bad one is named, the good ones are stored before the answer. */
export const POST = handle(async (req: MedusaStoreRequest<EventBatch>, res: MedusaResponse) => {
  const foresight = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const answer = await foresight.browsing.accept(req.validatedBody.events, {
    query: req.scope.resolve(ContainerRegistrationKeys.QUERY),
    customerId: (req as unknown as AuthenticatedMedusaRequest).auth_context?.actor_id || null,
    salesChannelId: req.publishable_key_context.sales_channel_ids[0] ?? null,
  })
  res.status(202).json(answer)
})
