import type { Band } from "../demand/sum-of-series"

/** What is known of a variant that is new. */
export interface NewcomerFacts {
  /** 0: it has not sold yet. */
  knownWeeks: number
  hasCategory: boolean
  /** Others that were new before it: of its category, and of these the ones of a similar price. */
  ofCategory: number
  ofPrice: number
  /** What those with the most similar titles are called. */
  ofTitle: readonly string[]
  /** Units a week of such items. */
  perWeek: Band
}

/** From whom a newcomer borrows, and what such items sell, as plain English. */
export function describeNewcomer({ knownWeeks, hasCategory, ofCategory, ofPrice, ofTitle, perWeek }: NewcomerFacts): string {
  const age = knownWeeks === 0 ? "Not sold yet" : `Known for ${knownWeeks} ${knownWeeks === 1 ? "week" : "weeks"}`
  const category = hasCategory ? "of its category" : "without a category"
  const others = ofCategory > 0 ? `${ofCategory} others ${category} were new before it${ofPrice > 0 ? `, ${ofPrice} of them at a similar price` : ""}` : `none ${category} was new before it, so it is compared with the whole shop`
  const alike = ofTitle.length > 0 ? ` Most alike by name: ${ofTitle.join("; ")}.` : ""
  return `${age}: ${others}. When they were new such items sold about ${plain(perWeek.mean)} a week, eight of ten between ${plain(perWeek.low)} and ${plain(perWeek.high)}.${alike}`
}

const plain = (units: number) => String(units >= 10 ? Math.round(units) : Math.round(units * 10) / 10)
