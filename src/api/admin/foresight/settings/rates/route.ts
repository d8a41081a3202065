import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { FORESIGHT_MODULE } from "../../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../../modules/foresight/service"
import type { RatesAnswer } from "../../../../answers"
import { handle } from "../../../../handle"
import type { PageQuery, RatesBody } from "../../validators"

/** Rates between currencies, newest day first. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<RatesAnswer>) => {
  const { stores } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { limit, offset } = req.validatedQuery as PageQuery
  res.json({ ...(await stores.rates.list({ limit, offset })), limit, offset })
})

/** Writes rates; the same day and pair again overwrites. */
export const POST = handle(async (req: AuthenticatedMedusaRequest<RatesBody>, res: MedusaResponse<{ written: number }>) => {
  const { stores } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  res.status(201).json({ written: await stores.rates.set(req.validatedBody.rates) })
})
