import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { FORESIGHT_MODULE } from "../../../../../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../../../../../modules/foresight/service"
import type { SetAsideChangeAnswer } from "../../../../../../../answers"
import { handle } from "../../../../../../../handle"
import { eventKeyOf } from "../event-key"

/** Lets one line count again; no rule sets it aside any more. */
export const POST = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<SetAsideChangeAnswer>) => {
  const { dataDesk } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  res.json(await dataDesk.restoreOne(eventKeyOf(req.params), req.auth_context.actor_id))
})
