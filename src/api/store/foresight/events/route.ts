import type { AuthenticatedMedusaRequest, MedusaResponse, MedusaStoreRequest } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../modules/foresight/service"
import type { EventsAnswer } from "../../../answers"
import { handle } from "../../../handle"
import type { EventBatch } from "../validators"
import { isCrawler } from "./is-crawler"

/** Takes a storefront's events; each bad one is named, the good ones are kept (see `EventBuffer`) before the answer. */
export const POST = handle(async (req: MedusaStoreRequest<EventBatch>, res: MedusaResponse<EventsAnswer>) => {
  const foresight = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const userAgent = req.get("user-agent")
  const answer = await foresight.browsing.accept(req.validatedBody.events, {
    query: req.scope.resolve(ContainerRegistrationKeys.QUERY),
    customerId: (req as unknown as AuthenticatedMedusaRequest).auth_context?.actor_id || null,
    salesChannelId: req.publishable_key_context.sales_channel_ids[0] ?? null,
    publishableKey: req.publishable_key_context.key,
    ip: req.ip ?? "",
    crawler: userAgent !== undefined && isCrawler(userAgent) ? userAgent : null,
  })
  res.status(202).json(answer)
})
