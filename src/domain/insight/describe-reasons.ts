import { REASON_GROUPS, type ForecastReason, type ForecastReasons, type ReasonGroup } from "../demand/explain/explain-forecasts"
import type { Frequency } from "../demand/types"

/** Why as much is expected, in one sentence's parts: screens translate by the code. */
export interface ReasonsRemark {
  code: "above_usual" | "below_usual" | "as_usual"
  weeks: number
  expected: number
  /** What as many weeks sell in the long run. */
  usual: number
  /** The reasons worth naming, the weightiest first. */
  because: ForecastReason[]
}

/** Distances smaller than this share of the usual are noise to a reader, and than one unit. */
const LEAST_SHARE = 0.15
const LEAST_UNITS = 1
/** Reasons named at most, and the share of the weightiest one below which one is not. */
const MOST_NAMED = 3
const LEAST_NAMED = 0.2

/** What can be said of a forecast's reasons; `null` where nothing is sold or expected. Reasons that cancel each other out are named too, and so are those that only together make a distance.
 * @param longRun Units a week. @param reasons With `weeks × longRun` they sum to the expected total. */
export function reasonsRemark({ weeks, longRun, reasons }: { weeks: number; longRun: number; reasons: readonly ForecastReason[] }): ReasonsRemark | null {
  const usual = weeks * longRun
  const expected = Math.max(0, reasons.reduce((sum, { units }) => sum + units, usual))
  if (weeks === 0 || (usual < 0.5 && expected < 0.5)) return null
  const least = Math.max(LEAST_UNITS, LEAST_SHARE * usual)
  const weightiest = reasons.reduce((most, { units }) => Math.max(most, Math.abs(units)), 0)
  const distance = expected - usual
  const isWorthNaming = Math.max(weightiest, Math.abs(distance)) >= least
  const because = reasons
    .filter(({ units }) => isWorthNaming && Math.abs(units) >= Math.max(LEAST_NAMED * weightiest, LEAST_UNITS / 2))
    .sort((a, b) => Math.abs(b.units) - Math.abs(a.units))
    .slice(0, MOST_NAMED)
  return { code: Math.abs(distance) < least ? "as_usual" : distance > 0 ? "above_usual" : "below_usual", weeks, expected, usual, because }
}

/** The remark as one plain English sentence; empty where there is nothing to say.
 * @param period What `weeks` counts, where that is not weeks. */
export function describeReasons(remark: ReasonsRemark | null, period: Frequency = "week"): string {
  if (!remark) return ""
  const { code, weeks, expected, usual, because } = remark
  const span = weeks === 1 ? `The next ${period}` : `The next ${weeks} ${period}s`
  const distance = plain(Math.abs(expected - usual))
  const beside = { as_usual: "about as usual", above_usual: `${distance} more than usual`, below_usual: `${distance} fewer than usual` }[code]
  const named = because.map(({ group, units }) => `${REASON_WORDS[group]} (${units > 0 ? "+" : "−"}${plain(Math.abs(units))})`)
  const why = named.length === 0 ? "" : `${code === "as_usual" ? "; what counts" : ", mostly"}: ${named.join(", ")}`
  return `${span} should sell about ${plain(expected)}, ${beside}${why}.`
}

/** A forecast taken apart as one plain English sentence, also where nothing is sold or expected. */
export function describeForecast({ periods, longRun, reasons }: ForecastReasons, period: Frequency): string {
  return describeReasons(reasonsRemark({ weeks: periods, longRun, reasons }), period) || "Next to nothing was sold or is expected."
}

/** How a reason is called where no statistician reads. */
const REASON_WORDS: Record<ReasonGroup, string> = {
  trend: "how it sold lately",
  season: "the season",
  calendar: "holidays and promotions",
  price: "its price",
  stock_out: "what could not be sold for lack of stock",
  other: "other things",
}

/** Reasons of several forecasts of the same weeks together: long runs and reasons add up. */
export function sumOfReasons(several: readonly { longRun: number; reasons: readonly ForecastReason[] }[]): { longRun: number; reasons: ForecastReason[] } {
  const all = several.flatMap(({ reasons }) => reasons)
  const units = (group: ReasonGroup) => all.reduce((sum, reason) => sum + (reason.group === group ? reason.units : 0), 0)
  return { longRun: several.reduce((sum, { longRun }) => sum + longRun, 0), reasons: REASON_GROUPS.map((group) => ({ group, units: units(group) })) }
}

const plain = (units: number) => String(units >= 10 ? Math.round(units) : Math.round(units * 10) / 10)
