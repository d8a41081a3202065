import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { FORESIGHT_MODULE } from "../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../modules/foresight/service"
import type { ModelListAnswer } from "../../../answers"
import { handle } from "../../../handle"
import { modelAnswer } from "../to-answers"
import type { ModelsQuery } from "../validators"

/** Trained versions, newest first, each with its backtest beside the baselines. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<ModelListAnswer>) => {
  const { stores } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { kind, limit, offset } = req.validatedQuery as ModelsQuery
  const { models, count } = await stores.modelVersions.list({ ...(kind && { kind }), limit, offset })
  res.json({ models: models.map(modelAnswer), count, limit, offset })
})
