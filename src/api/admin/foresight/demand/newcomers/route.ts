import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../../../../../modules/foresight/name"
import type { ExpectedNewcomer } from "../../../../../modules/foresight/newcomers"
import type ForesightModuleService from "../../../../../modules/foresight/service"
import type { NewcomerAnswer, NewcomerListAnswer } from "../../../../answers"
import { handle } from "../../../../handle"
import type { NewcomersQuery } from "../validators"

/** Variants that are new, the unsold first, each with what others sold when they were new. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<NewcomerListAnswer>) => {
  const { newcomers } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { variant_id: variantId, limit, offset } = req.validatedQuery as NewcomersQuery
  const found = await newcomers.page(req.scope.resolve(ContainerRegistrationKeys.QUERY), { variantId, limit, offset })
  res.json({ newcomers: found.newcomers.map(newcomerAnswer), count: found.count, limit, offset })
})

const newcomerAnswer = (newcomer: ExpectedNewcomer): NewcomerAnswer => ({
  variant_id: newcomer.variantId,
  product_id: newcomer.productId,
  title: newcomer.title,
  sku: newcomer.sku,
  thumbnail: newcomer.thumbnail,
  known_weeks: newcomer.knownWeeks,
  per_week: newcomer.perWeek,
  first_order: { mean: newcomer.firstOrder.mean, low: newcomer.firstOrder.low, high: newcomer.firstOrder.high, days: newcomer.firstOrder.days, is_own: newcomer.firstOrder.isOwn },
  has_category: newcomer.hasCategory,
  of_category: newcomer.ofCategory,
  of_price: newcomer.ofPrice,
  of_title: newcomer.ofTitle.map(({ variantId, title, sku }) => ({ variant_id: variantId, title, sku })),
  sentence: newcomer.sentence,
})
