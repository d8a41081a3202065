import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../../../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../../../modules/foresight/service"
import type { ItemAdviceAnswer } from "../../../../../answers"
import { handle } from "../../../../../handle"
import { itemAnswer } from "../../../item-answer"
import { medusaIdOf } from "../../../path-ids"

/** What to order of one item at each of its locations, worked out from the stock of this moment. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<ItemAdviceAnswer>) => {
  const { adviceDesk } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const item = await adviceDesk.ofItem(req.scope.resolve(ContainerRegistrationKeys.QUERY), medusaIdOf(req.params, "Inventory item"))
  res.json(itemAnswer(item, adviceDesk.defaults))
})
