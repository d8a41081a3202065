import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../../modules/foresight/service"
import type { DemandSurprisesAnswer } from "../../../../answers"
import { handle } from "../../../../handle"
import { surprisesAnswer } from "../to-answers"

/** The worst misses of the last weeks and what was odd in the last one, each with the reason that is known. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<DemandSurprisesAnswer>) => {
  const { demandDesk } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { defaultLocationId, locations } = await demandDesk.frame(req.scope.resolve(ContainerRegistrationKeys.QUERY))
  res.json(surprisesAnswer(await demandDesk.review.surprises(defaultLocationId), new Map(locations.map(({ id, name }) => [id, name]))))
})
