import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../../modules/foresight/service"
import type { DemandSeriesAnswer } from "../../../../answers"
import { handle } from "../../../../handle"
import { detailAnswer } from "../to-answers"
import type { DemandSeriesQuery } from "../validators"

/** One shop, category, product or variant in full: past weeks, weeks ahead with their band, promotions, stock-outs, what was set by hand. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<DemandSeriesAnswer>) => {
  const started = performance.now()
  const { demandDesk, replacements } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { level, id, location_id: locationId } = req.validatedQuery as DemandSeriesQuery
  const query = req.scope.resolve(ContainerRegistrationKeys.QUERY)
  const [{ detail, frame, firstDay, model }, around] = await Promise.all([
    demandDesk.detail(query, { level, id, locationId }),
    level === "variant" ? replacements.around(query, id) : { inheritsFrom: [], replacedBy: null },
  ])
  const names = new Map(frame.locations.map((location) => [location.id, location.name]))
  const channelNames = new Map(frame.salesChannels.map((channel) => [channel.id, channel.name]))
  res.json(detailAnswer(detail, { names, channelNames, firstDay: firstDay ?? "", model, around, tookMs: Math.round((performance.now() - started) * 10) / 10 }))
})
