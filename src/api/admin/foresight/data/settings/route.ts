import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { FORESIGHT_MODULE } from "../../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../../modules/foresight/service"
import type { CleaningSettingsAnswer } from "../../../../answers"
import { handle } from "../../../../handle"
import { cleaningSettingsAnswer } from "../to-answers"
import type { CleaningSettingsBody } from "../validators"

/** Which orders are tests, and whether repeats count. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<CleaningSettingsAnswer>) => {
  const { stores } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  res.json(cleaningSettingsAnswer(await stores.cleaningSettings.get()))
})

/** Replaces them; all stored lines are judged anew. */
export const POST = handle(async (req: AuthenticatedMedusaRequest<CleaningSettingsBody>, res: MedusaResponse<CleaningSettingsAnswer>) => {
  const { dataDesk } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { test_orders: tests, duplicates } = req.validatedBody
  const testOrders = { emails: tests.emails, emailDomains: tests.email_domains, skus: tests.skus }
  const stored = await dataDesk.setSettings({ testOrders, duplicatesAreSetAside: duplicates === "set_aside" }, req.auth_context.actor_id)
  res.json(cleaningSettingsAnswer(stored))
})
