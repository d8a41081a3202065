import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { FORESIGHT_MODULE } from "../../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../../modules/foresight/service"
import type { SetAsideChangeAnswer, SetAsideListAnswer } from "../../../../answers"
import { handle } from "../../../../handle"
import { setAsideAnswer } from "../to-answers"
import type { ExcludeBody, SetAsideQuery } from "../validators"

/** Lines that do not count (or, with `state=counting`, do all the same) and why, newest day first. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<SetAsideListAnswer>) => {
  const { stores } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { limit, offset, import_id: importId, from_day: fromDay, to_day: toDay, ...filter } = req.validatedQuery as SetAsideQuery
  const { lines, count } = await stores.setAside.list({ ...filter, importId, fromDay, toDay }, { limit, offset })
  res.json({ lines: lines.map(setAsideAnswer), count, limit, offset })
})

/** Sets lines aside by hand; one that was restored gets its reason back. */
export const POST = handle(async (req: AuthenticatedMedusaRequest<ExcludeBody>, res: MedusaResponse<SetAsideChangeAnswer>) => {
  const { dataDesk } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { lines, note } = req.validatedBody
  res.json(await dataDesk.exclude(lines.map(({ day, event_id: eventId }) => ({ day, eventId })), req.auth_context.actor_id, note ?? null))
})
