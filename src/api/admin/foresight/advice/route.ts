import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { AdviceOrder } from "../../../../database/stores/advice-store"
import { FORESIGHT_MODULE } from "../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../modules/foresight/service"
import type { AdviceListAnswer } from "../../../answers"
import { handle } from "../../../handle"
import { adviceAnswer } from "../to-answers"
import type { AdviceQuery } from "../validators"

/** What to order, most urgent first. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<AdviceListAnswer>) => {
  const { stores } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { q, status, location_id: locationId, order, limit, offset } = req.validatedQuery as AdviceQuery
  const page = await stores.advice.list({ ...(q && { q }), ...(status && { status }), ...(locationId && { locationId }), order: order as AdviceOrder, limit, offset })
  res.json({ advice: page.advice.map(adviceAnswer), count: page.count, limit, offset, counts: page.counts })
})
