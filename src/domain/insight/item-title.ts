/** What a variant is called where it stands alone: by its product where that says as much. */
export function itemTitle(productTitle: string, variantTitle: string): string {
  return variantTitle === productTitle || /^default/i.test(variantTitle) ? productTitle : `${productTitle} – ${variantTitle}`
}

/** All that a variant is called, by which models find similar ones. */
export const itemWords = (productTitle: string, variantTitle: string) => `${productTitle} ${variantTitle}`
