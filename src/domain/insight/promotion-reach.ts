/** What a promotion says about the things it is for. */
interface PromotionTarget {
  /** As Medusa writes it, e.g. `items.product.id`, `items.product.categories.id`. */
  attribute: string
  operator: string
  values: readonly string[]
}

/** What a promotion can be for. */
export interface PromotedProduct {
  productId: string
  categoryIds: readonly string[]
}

/** Whether a promotion lowers the price of a product, as far as its id and categories tell: one without targets is for everything; of several targets all must hold. Of
 * several categories one suffices for `in`, and all must be named for `eq`, as Medusa has it.
 * `null` where a target asks for something else (a collection, a tag, a customer group): nobody here knows.
 * @param targetType `items`, `order` or `shipping_methods`; what is off the shipping moves no single product. */
export function promotionReaches(
  { targetType, targets }: { targetType: string | null; targets: readonly PromotionTarget[] },
  { productId, categoryIds }: PromotedProduct
): boolean | null {
  if (targetType === "shipping_methods") return false
  let isKnown = true
  for (const { attribute, operator, values } of targets) {
    const own = /product(\.id|_id)$/.test(attribute) ? [productId] : /categor(y|ies)\.id$|category_id$/.test(attribute) ? categoryIds : undefined
    const isNamed = (id: string) => values.includes(id)
    if (own === undefined) isKnown = false
    else if (operator === "in" && !own.some(isNamed)) return false
    else if (operator === "eq" && !(own.length > 0 && own.every(isNamed))) return false
    else if (operator === "ne" && own.some(isNamed)) return false
  }
  return isKnown ? true : null
}
