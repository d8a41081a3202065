import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../../../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../../../modules/foresight/service"
import type { VariantReplacementAnswer } from "../../../../../answers"
import { handle } from "../../../../../handle"
import { uuidOf } from "../../../path-ids"
import { replacementAnswer } from "../to-answers"

/** Ends a replacement; it is kept with who ended it. */
export const DELETE = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<{ replacement: VariantReplacementAnswer }>) => {
  const { replacements } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const ended = await replacements.end(req.scope.resolve(ContainerRegistrationKeys.QUERY), uuidOf(req.params, "Replacement"), req.auth_context.actor_id)
  res.json({ replacement: replacementAnswer(ended) })
})
