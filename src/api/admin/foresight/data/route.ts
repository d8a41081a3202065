import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { FORESIGHT_MODULE } from "../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../modules/foresight/service"
import type { DataAnswer } from "../../../answers"
import { handle } from "../../../handle"
import { dataAnswer } from "./to-answers"

/** What arrived, what does not count and why, and what is missing. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<DataAnswer>) => {
  const { dataDesk } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  res.json(dataAnswer(await dataDesk.overview()))
})
