import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../../modules/foresight/service"
import type { DemandAccuracyAnswer } from "../../../../answers"
import { handle } from "../../../../handle"
import { accuracyAnswer } from "../to-answers"

/** How good forecasts were: in the backtest of the model in service, and in the weeks since forecasts are kept. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<DemandAccuracyAnswer>) => {
  const { demandDesk } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { defaultLocationId } = await demandDesk.frame(req.scope.resolve(ContainerRegistrationKeys.QUERY))
  res.json(accuracyAnswer(await demandDesk.review.accuracy(defaultLocationId)))
})
