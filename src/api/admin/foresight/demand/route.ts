import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../modules/foresight/service"
import type { DemandListAnswer } from "../../../answers"
import { handle } from "../../../handle"
import { lineAnswer } from "./to-answers"
import type { DemandQuery } from "./validators"

/** What sold in the last four weeks and what is expected of the next four, by shop, category, product or variant. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<DemandListAnswer>) => {
  const started = performance.now()
  const { demandDesk } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { level, demand_class: demandClass, limit, offset, ...wanted } = req.validatedQuery as DemandQuery
  const query = req.scope.resolve(ContainerRegistrationKeys.QUERY)
  const { lines, count, firstDay, total, model } = await demandDesk.list(query, { level, demandClass, limit, offset, ...wanted })
  const tookMs = Math.round((performance.now() - started) * 10) / 10
  res.json({ demand: lines.map(lineAnswer), count, limit, offset, level, first_day: firstDay, series: total, model, took_ms: tookMs })
})
