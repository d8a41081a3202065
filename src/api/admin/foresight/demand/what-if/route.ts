import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../../modules/foresight/service"
import type { DemandWhatIfAnswer } from "../../../../answers"
import { handle } from "../../../../handle"
import type { WhatIfQuery } from "../validators"
import { whatIfAnswer } from "./to-answer"

/** What would sell at another price, or in a promotion like those before, where this shop's history shows it. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<DemandWhatIfAnswer>) => {
  const { demandDesk } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { variant_id: variantId, location_id: locationId, price_change: priceChange, weeks } = req.validatedQuery as WhatIfQuery
  const question = priceChange === undefined ? { promotion: true as const } : { priceChange }
  const { answer, response } = await demandDesk.whatIf(req.scope.resolve(ContainerRegistrationKeys.QUERY), { variantId, locationId, weeks, question })
  res.json(whatIfAnswer(answer, response, { variantId, locationId: locationId ?? null, weeks, priceChange: priceChange ?? null }))
})
