import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { FORESIGHT_MODULE } from "../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../modules/foresight/service"
import type { SettingsPageAnswer } from "../../../answers"
import { handle } from "../../../handle"
import { settingsAnswer } from "../to-answers"

/** What holds where an item has no setting of its own, and how long rows are kept; changed in `medusa-config.ts`. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<SettingsPageAnswer>) => {
  const { adviceDesk, options, shopId } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { browseDays, cartDays, reportDays, modelVersions } = options.retention
  res.json({
    defaults: settingsAnswer(adviceDesk.defaults),
    retention: { browse_days: browseDays, cart_days: cartDays, report_days: reportDays, model_versions: modelVersions },
    timezone: options.timezone,
    shop_id: shopId,
  })
})
