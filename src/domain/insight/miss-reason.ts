/** Why a week ended far from its forecast, as far as it is known. */
export type MissReason = "out_of_stock" | "unplanned_promotion" | "large_order" | "newcomer" | "unexplained"

/** What is known of a week that missed. */
export interface MissFacts {
  sold: number
  /** The forecast's mean and 0.9 quantile of the week, units. */
  mean: number
  high: number
  /** Share of the week in which it could not be sold, 0 … 1. */
  outOfStock: number
  /** A promotion ran in the week that the shop did not have yet when the forecast was made. */
  hadNewPromotion: boolean
  /** Units of the week's largest order; 0 where unknown. */
  largestOrder: number
  /** It was too young for a pattern of its own. */
  isNew: boolean
}

/** An order counts as large from this share of a week's units on. */
const LARGE_SHARE = 0.5

/** The first reason that fits the direction of the miss: too little was sold while it was out of stock; too much by a promotion that nobody had planned,
 * or by one large order without which the week would have stayed in the band; a newcomer; else nothing that is known explains it. */
export function missReason({ sold, mean, high, outOfStock, hadNewPromotion, largestOrder, isNew }: MissFacts): MissReason {
  if (sold < mean && outOfStock > 0) return "out_of_stock"
  if (sold > mean && hadNewPromotion) return "unplanned_promotion"
  if (sold > high && largestOrder >= LARGE_SHARE * sold && sold - largestOrder <= high) return "large_order"
  return isNew ? "newcomer" : "unexplained"
}
