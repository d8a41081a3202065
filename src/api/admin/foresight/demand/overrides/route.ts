import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../../modules/foresight/service"
import type { DemandOverrideAnswer, DemandOverrideListAnswer } from "../../../../answers"
import { handle } from "../../../../handle"
import { overrideAnswer } from "../to-answers"
import type { OverrideBody, OverridesQuery } from "../validators"

/** Forecasts set by hand: those that still say something, or those whose days are over with what happened. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<DemandOverrideListAnswer>) => {
  const { demandDesk } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const query = req.scope.resolve(ContainerRegistrationKeys.QUERY)
  const { state, variant_id: variantId, limit, offset } = req.validatedQuery as OverridesQuery
  const [{ locations, defaultLocationId }, lines] = await Promise.all([demandDesk.frame(query), demandDesk.variantNames(query)])
  const names = new Map(locations.map(({ id, name }) => [id, name]))
  if (state === "past") {
    const { overrides, count } = await demandDesk.overrides.past(defaultLocationId, { limit, offset })
    res.json({ overrides: overrides.map((one) => overrideAnswer(one, names, lines.get(one.variantId) ?? null)), count, limit, offset })
    return
  }
  const overrides = await demandDesk.overrides.active(variantId === undefined ? undefined : [variantId])
  const page = overrides.slice(offset, offset + limit)
  res.json({ overrides: page.map((one) => overrideAnswer(one, names, lines.get(one.variantId) ?? null)), count: overrides.length, limit, offset })
})

/** Sets the forecast of a variant at a location by hand; reorder advice follows at once. */
export const POST = handle(async (req: AuthenticatedMedusaRequest<OverrideBody>, res: MedusaResponse<{ override: DemandOverrideAnswer }>) => {
  const { demandDesk } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const query = req.scope.resolve(ContainerRegistrationKeys.QUERY)
  const { variant_id: variantId, location_id: locationId, from_day: fromDay, to_day: toDay, units_per_week: units, factor, note } = req.validatedBody
  const wish = { variantId, locationId, fromDay, toDay, unitsPerWeek: units ?? null, factor: factor ?? null, note: note ?? null }
  const override = await demandDesk.overrides.add(query, wish, req.auth_context.actor_id)
  const [{ locations }, lines] = await Promise.all([demandDesk.frame(query), demandDesk.variantNames(query)])
  res.status(201).json({ override: overrideAnswer(override, new Map(locations.map(({ id, name }) => [id, name])), lines.get(variantId) ?? null) })
})
