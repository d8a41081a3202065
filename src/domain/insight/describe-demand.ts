import type { DemandClass } from "../demand/types"

/** What is known of one item, or of several together. Units; weeks end the day before the forecast begins. */
export interface DemandFacts {
  /** How it sells; `null` for several items together. */
  demandClass: DemandClass | null
  /** Weeks since its first sale. */
  historyWeeks: number
  /** Demand a week, oldest first, stock-outs made up for; NaN where nobody knows. */
  demand: readonly number[]
  /** Sold in the last four weeks, and how much more would have been sold with stock. */
  soldLately: number
  missedLately: number
  /** Expected units of the next four weeks. */
  expected: number
  /** A promotion that runs or begins within four weeks. */
  promotion: { code: string; isRunning: boolean } | null
  /** Somebody set the next four weeks by hand. */
  isOverridden: boolean
}

/** One thing worth saying, with its numbers: screens translate by the code. */
export type DemandRemark =
  | { code: "never_sold" }
  | { code: "too_new"; weeks: number; sold: number }
  | { code: "sells"; demand_class: DemandClass; per_week: number }
  | { code: "sells_together"; per_week: number }
  | { code: "trend"; change: number; weeks: number }
  | { code: "last_year"; change: number }
  | { code: "season"; change: number }
  | { code: "promotion_running" | "promotion_ahead"; promotion: string }
  | { code: "out_of_stock"; units: number }
  | { code: "by_hand"; units: number }

const LATELY = 4
/** Weeks before it that a trend is measured against. */
const BEFORE = 12
const YEAR = 52
/** Changes smaller than this are noise to a reader. */
const LEAST_CHANGE = 0.15
/** Units in the smaller of two compared spans below which a percentage says nothing. */
const LEAST_UNITS = 12
/** Weeks of history below which no pattern is spoken of. */
const LEAST_HISTORY = 8

/** What can be said of an item's demand from what is known, most important first; nothing is said of what is too thin to tell. */
export function demandRemarks(facts: DemandFacts): DemandRemark[] {
  const { demandClass, historyWeeks, demand, soldLately, missedLately, expected, promotion, isOverridden } = facts
  const remarks: DemandRemark[] = []
  if (historyWeeks === 0) remarks.push({ code: "never_sold" })
  else if (historyWeeks < LEAST_HISTORY) remarks.push({ code: "too_new", weeks: historyWeeks, sold: span(demand, 0, LEAST_HISTORY).units })
  else {
    const year = span(demand, 0, Math.min(YEAR, historyWeeks))
    const perWeek = year.weeks > 0 ? year.units / year.weeks : 0
    remarks.push(demandClass ? { code: "sells", demand_class: demandClass, per_week: perWeek } : { code: "sells_together", per_week: perWeek })
    const trend = change(span(demand, 0, LATELY), span(demand, LATELY, BEFORE))
    if (trend !== null && historyWeeks >= LATELY + BEFORE) remarks.push({ code: "trend", change: trend, weeks: LATELY })
    if (historyWeeks >= YEAR + LATELY) {
      const yearAgo = change(span(demand, 0, LATELY), span(demand, YEAR, LATELY))
      if (yearAgo !== null) remarks.push({ code: "last_year", change: yearAgo })
      // the same weeks of last year beside last year's mean
      const season = historyWeeks >= YEAR + BEFORE ? change(span(demand, YEAR - LATELY, LATELY), span(demand, 0, YEAR)) : null
      if (season !== null) remarks.push({ code: "season", change: season })
    }
  }
  if (promotion) remarks.push({ code: promotion.isRunning ? "promotion_running" : "promotion_ahead", promotion: promotion.code })
  if (missedLately >= Math.max(1, LEAST_CHANGE * soldLately)) remarks.push({ code: "out_of_stock", units: missedLately })
  if (isOverridden) remarks.push({ code: "by_hand", units: expected })
  return remarks
}

/** The remarks as one plain English sentence. */
export function describeDemand(facts: DemandFacts): string {
  const [first = "", ...rest] = demandRemarks(facts).map(inWords)
  return `${first.charAt(0).toUpperCase()}${first.slice(1)}${rest.length > 0 ? `; ${rest.join("; ")}` : ""}.`
}

/** How a class is called where no statistician reads. */
const CLASS_WORDS: Record<DemandClass, string> = {
  smooth: "sells regularly",
  erratic: "sells nearly every week, in amounts that vary",
  intermittent: "sells now and then, in small amounts",
  lumpy: "sells rarely, sometimes many at once",
  new: "is new",
  dying: "has nearly stopped selling",
}

function inWords(remark: DemandRemark): string {
  switch (remark.code) {
    case "never_sold":
      return "nothing was sold yet"
    case "too_new":
      return `too new to see a pattern (${plain(remark.sold)} sold in ${remark.weeks} ${remark.weeks === 1 ? "week" : "weeks"}): the forecast leans on similar items`
    case "sells":
      return `${CLASS_WORDS[remark.demand_class]}, about ${plain(remark.per_week)} a week`
    case "sells_together":
      return `about ${plain(remark.per_week)} a week together`
    case "trend":
      return `the last ${remark.weeks} weeks were ${percent(remark.change)} than the ${BEFORE} before`
    case "last_year":
      return `${percent(remark.change)} than a year ago`
    case "season":
      return `last year the coming weeks were ${percent(remark.change)} than the year's mean`
    case "promotion_running":
      return `promotion ${remark.promotion} is running`
    case "promotion_ahead":
      return `promotion ${remark.promotion} begins soon`
    case "out_of_stock":
      return `out of stock lately: about ${plain(remark.units)} more would have been sold`
    case "by_hand":
      return `the next 4 weeks were set by hand to ${plain(remark.units)}`
  }
}

const percent = (change: number) => `${Math.round(100 * Math.abs(change))}% ${change > 0 ? "stronger" : "weaker"}`
const plain = (units: number) => String(units >= 10 ? Math.round(units) : Math.round(units * 10) / 10)

interface Span {
  units: number
  weeks: number
}

/** Known weeks of `length` weeks that end `back` weeks ago. */
function span(demand: readonly number[], back: number, length: number): Span {
  const end = demand.length - back
  const known = demand.slice(Math.max(0, end - length), Math.max(0, end)).filter((units) => !Number.isNaN(units))
  return { units: known.reduce((sum, units) => sum + units, 0), weeks: known.length }
}

/** Relative change of the mean week; `null` where it is small or too few units stand behind it. */
function change(now: Span, before: Span): number | null {
  if (now.weeks === 0 || before.weeks === 0 || before.units < LEAST_UNITS || Math.max(now.units, before.units * (now.weeks / before.weeks)) < LEAST_UNITS) return null
  const relative = now.units / now.weeks / (before.units / before.weeks) - 1
  return Math.abs(relative) < LEAST_CHANGE ? null : relative
}
