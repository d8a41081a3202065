import type { HttpTypes } from "@medusajs/types"

/** An amount as the page's language, English, writes it. The browser's own may be one that `Intl` refuses (`en-US@posix`). */
export const money = (amount: number, currency: string): string => new Intl.NumberFormat("en", { style: "currency", currency }).format(amount)

/** What a variant costs in the region it was asked for; `null` where it has no price there. */
export const priceOf = (variant: HttpTypes.StoreProductVariant | undefined): number | null => variant?.calculated_price?.calculated_amount ?? null

/** The lowest price of a product's variants. */
export function fromPrice(product: HttpTypes.StoreProduct): number | null {
  const prices = (product.variants ?? []).flatMap((variant) => priceOf(variant) ?? [])
  return prices.length > 0 ? Math.min(...prices) : null
}
