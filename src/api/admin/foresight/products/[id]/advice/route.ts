import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { FORESIGHT_MODULE } from "../../../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../../../modules/foresight/service"
import type { ProductAdviceAnswer } from "../../../../../answers"
import { handle } from "../../../../../handle"
import { itemAnswer } from "../../../item-answer"
import { medusaIdOf } from "../../../path-ids"

/** What to order of each variant of a product; a kit lists the items it is made of. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<ProductAdviceAnswer>) => {
  const { adviceDesk } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const productId = medusaIdOf(req.params, "Product")
  const variants = await adviceDesk.ofProduct(req.scope.resolve(ContainerRegistrationKeys.QUERY), productId)
  res.json({
    product_id: productId,
    variants: variants.map(({ variantId, title, sku, notAdvised, items }) => ({
      variant_id: variantId,
      title,
      sku,
      not_advised: notAdvised,
      inventory_items: items.map(({ requiredQuantity, item }) => ({ required_quantity: requiredQuantity, item: itemAnswer(item, adviceDesk.defaults) })),
    })),
  })
})
