/** What a variant is called where it stands alone: by its product where that says as much. */
export function itemTitle(productTitle: string, variantTitle: string): string {
  return variantTitle === productTitle || /^default/i.test(variantTitle) ? productTitle : `${productTitle} – ${variantTitle}`
}
