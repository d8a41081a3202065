import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { FORESIGHT_MODULE } from "../../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../../modules/foresight/service"
import type { ImportAnswer } from "../../../../answers"
import { handle } from "../../../../handle"
import { uuidOf } from "../../path-ids"
import { importAnswer } from "../../to-answers"

/** One import: how far it is, what was kept, what was refused. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<{ import: ImportAnswer }>) => {
  const { stores } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  res.json({ import: importAnswer(await stores.imports.get(uuidOf(req.params, "Import"))) })
})

/** Stops an import, or gives up one that failed; what became events stays. */
export const DELETE = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<{ import: ImportAnswer }>) => {
  const { imports } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  res.status(202).json({ import: importAnswer(await imports.cancel(uuidOf(req.params, "Import"))) })
})
