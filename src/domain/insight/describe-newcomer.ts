import type { Band } from "../demand/sum-of-series"

/** From whom a newcomer borrows. */
export interface LenderFacts {
  hasCategory: boolean
  /** Others that were new before it: of its category, and of these the ones of a similar price. */
  ofCategory: number
  ofPrice: number
  /** What those with the most similar titles are called. */
  ofTitle: readonly string[]
}

/** What is known of a variant that is new. */
export interface NewcomerFacts extends LenderFacts {
  /** 0: it has not sold yet. */
  knownWeeks: number
  /** Units a week of such items. */
  perWeek: Band
}

/** From whom a newcomer borrows, and what such items sell, as plain English. */
export function describeNewcomer({ knownWeeks, perWeek, ...lenders }: NewcomerFacts): string {
  const age = knownWeeks === 0 ? "Not sold yet" : `Known for ${knownWeeks} ${knownWeeks === 1 ? "week" : "weeks"}`
  return `${age}: ${others(lenders)}. When they were new such items sold about ${plain(perWeek.mean)} a week, eight of ten between ${plain(perWeek.low)} and ${plain(perWeek.high)}.${alike(lenders)}`
}

/** From whom a forecast borrows, as plain English. */
export function describeLenders(lenders: LenderFacts): string {
  return `Too new to tell by itself: ${others(lenders)}.${alike(lenders)}`
}

function others({ hasCategory, ofCategory, ofPrice }: LenderFacts): string {
  const category = hasCategory ? "of its category" : "without a category"
  if (ofCategory === 0) return `none ${category} was new before it, so it is compared with the whole shop`
  return `${ofCategory} others ${category} were new before it${ofPrice > 0 ? `, ${ofPrice} of them at a similar price` : ""}`
}

const alike = ({ ofTitle }: LenderFacts) => (ofTitle.length > 0 ? ` Most alike by name: ${ofTitle.join("; ")}.` : "")

const plain = (units: number) => String(units >= 10 ? Math.round(units) : Math.round(units * 10) / 10)
