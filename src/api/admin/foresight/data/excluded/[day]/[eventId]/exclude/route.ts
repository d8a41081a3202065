import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { FORESIGHT_MODULE } from "../../../../../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../../../../../modules/foresight/service"
import type { SetAsideChangeAnswer } from "../../../../../../../answers"
import { handle } from "../../../../../../../handle"
import type { ExcludeLineBody } from "../../../../validators"
import { eventKeyOf } from "../event-key"

/** Sets one line aside by hand; one that was restored gets its reason back. */
export const POST = handle(async (req: AuthenticatedMedusaRequest<ExcludeLineBody>, res: MedusaResponse<SetAsideChangeAnswer>) => {
  const { dataDesk } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  res.json(await dataDesk.excludeOne(eventKeyOf(req.params), req.auth_context.actor_id, req.validatedBody.note ?? null))
})
