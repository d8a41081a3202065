import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { FORESIGHT_MODULE } from "../../../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../../../modules/foresight/service"
import type { SetAsideChangeAnswer } from "../../../../../answers"
import { handle } from "../../../../../handle"
import type { RestoreBody } from "../../validators"

/** Lets lines count again: those named, or all of a reason or an import (20,000 a call; `left` says how many remain). */
export const POST = handle(async (req: AuthenticatedMedusaRequest<RestoreBody>, res: MedusaResponse<SetAsideChangeAnswer>) => {
  const { dataDesk } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { lines, reason, import_id: importId } = req.validatedBody
  const by = req.auth_context.actor_id
  const keys = lines?.map(({ day, event_id: eventId }) => ({ day, eventId }))
  res.json(keys ? await dataDesk.restore(keys, by) : await dataDesk.restoreAll({ reason, importId }, by))
})
