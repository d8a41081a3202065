/** What one price of a variant says. */
export interface Price {
  variantId: string
  /** Lower-case ISO 4217. */
  currencyCode: string
  /** Set where it holds in one region only. */
  regionId: string | null
  priceListId: string | null
  /** `sale` or `override`; `null` for a base price. */
  priceListType: string | null
  /** Units from which it holds. */
  minQuantity: number | null
  /** Further conditions by attribute, e.g. a customer group. */
  rules: Record<string, string>
  /** Per unit; `null` while its price list is a draft, or where it is gone. */
  amount: number | null
  /** Since when: the last change of the price, or the later start of its list. */
  validFrom: Date
  /** Known end of its list. */
  validTo: Date | null
}
