import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../../../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../../../modules/foresight/service"
import type { ItemAdviceAnswer } from "../../../../../answers"
import { handle } from "../../../../../handle"
import { itemAnswer } from "../../../item-answer"
import { medusaIdOf } from "../../../path-ids"
import { SETTING_NAMES } from "../../../to-answers"
import type { ItemSettingsBody } from "../../../validators"

/** Changes an item's own settings at one location and answers the advice that follows from them. */
export const POST = handle(async (req: AuthenticatedMedusaRequest<ItemSettingsBody>, res: MedusaResponse<ItemAdviceAnswer>) => {
  const { adviceDesk } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { location_id: locationId, ...body } = req.validatedBody
  const change = Object.fromEntries(SETTING_NAMES.flatMap(([inside, outside]) => (body[outside] === undefined ? [] : [[inside, body[outside]]])))
  const item = await adviceDesk.setSettings(req.scope.resolve(ContainerRegistrationKeys.QUERY), medusaIdOf(req.params, "Inventory item"), locationId, change)
  res.json(itemAnswer(item, adviceDesk.defaults))
})
