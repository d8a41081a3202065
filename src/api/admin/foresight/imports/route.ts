import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { FORESIGHT_MODULE } from "../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../modules/foresight/service"
import { handle } from "../../../handle"
import { importAnswer } from "../to-answers"
import type { PageQuery } from "../validators"

/** Import reports, newest first. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  const { stores } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { limit, offset } = req.validatedQuery as PageQuery
  const { imports, count } = await stores.imports.list({ limit, offset })
  res.json({ imports: imports.map(importAnswer), count, limit, offset })
})
