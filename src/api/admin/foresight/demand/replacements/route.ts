import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../../modules/foresight/service"
import type { VariantReplacementAnswer, VariantReplacementListAnswer } from "../../../../answers"
import { handle } from "../../../../handle"
import type { ReplacementBody, ReplacementsQuery } from "../validators"
import { replacementAnswer } from "./to-answers"

/** Variants that took others' places: those that hold, or those that were ended, newest first. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<VariantReplacementListAnswer>) => {
  const { replacements } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { state, variant_id: variantId, limit, offset } = req.validatedQuery as ReplacementsQuery
  const found = await replacements.list(req.scope.resolve(ContainerRegistrationKeys.QUERY), { isActive: state === "active", variantId, limit, offset })
  res.json({ replacements: found.replacements.map(replacementAnswer), count: found.count, limit, offset })
})

/** Lets one variant take another's place: from the next forecast run on it inherits what that sold before the day, and that is ordered no more. */
export const POST = handle(async (req: AuthenticatedMedusaRequest<ReplacementBody>, res: MedusaResponse<{ replacement: VariantReplacementAnswer }>) => {
  const { replacements } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { variant_id: variantId, replaced_variant_id: replacedVariantId, from_day: fromDay } = req.validatedBody
  const added = await replacements.add(req.scope.resolve(ContainerRegistrationKeys.QUERY), { variantId, replacedVariantId, fromDay }, req.auth_context.actor_id)
  res.status(201).json({ replacement: replacementAnswer(added) })
})
