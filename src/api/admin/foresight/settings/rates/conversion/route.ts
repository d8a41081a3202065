import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ForesightError } from "../../../../../../domain/errors"
import { convert } from "../../../../../../domain/money"
import { FORESIGHT_MODULE } from "../../../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../../../modules/foresight/service"
import type { ConversionAnswer } from "../../../../../answers"
import { handle } from "../../../../../handle"
import type { ConversionQuery } from "../../../validators"

/** What an amount is worth in another currency, and by which rates. An unknown rate is never taken for 1. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<ConversionAnswer>) => {
  const { stores } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { amount, from, to, day } = req.validatedQuery as ConversionQuery
  const converted = convert({ amount, from, to, day }, await stores.rates.on(day))
  if (!converted.known) throw new ForesightError("not_found", `No rate leads from ${converted.missing}; write one by POST /admin/foresight/settings/rates`)
  res.json({ amount: converted.amount, currency: to, rates: converted.rates })
})
