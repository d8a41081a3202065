import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../../../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../../../modules/foresight/service"
import type { DemandOverrideAnswer } from "../../../../../answers"
import { handle } from "../../../../../handle"
import { uuidOf } from "../../../path-ids"
import { overrideAnswer } from "../../to-answers"

/** Ends a forecast set by hand; it is kept, and reorder advice follows at once. */
export const DELETE = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<{ override: DemandOverrideAnswer }>) => {
  const { demandDesk } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const query = req.scope.resolve(ContainerRegistrationKeys.QUERY)
  const override = await demandDesk.overrides.end(query, uuidOf(req.params, "Override"), req.auth_context.actor_id)
  const [{ locations }, lines] = await Promise.all([demandDesk.frame(query), demandDesk.variantNames(query)])
  res.json({ override: overrideAnswer(override, new Map(locations.map(({ id, name }) => [id, name])), lines.get(override.variantId) ?? null) })
})
