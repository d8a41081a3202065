import { dayNumber, type Day } from "../day"
import { createPeriodCalendar } from "./period-calendar"
import type { DemandPanel, KnownAhead } from "./types"

/** Days on which something lowers the price of a variant. */
export interface PromotedSpan {
  /** `null`: since before anybody looked. */
  fromDay: Day | null
  /** The last of them; `null`: without an end. */
  toDay: Day | null
  /** The day on which the shop was known to plan it. */
  knownDay: Day
}

/** Name of the column in a store's panel. */
const PROMOTION = "promotion"

/** The column known ahead that says in how much of each period a series was, or will be, in a promotion: share of days, 0 … 1, of the panel's periods and
 * `ahead` more. Overlapping promotions count once. What was planned only later than a period's forecast is kept from it (`since`); where several promotions
 * make up a period's share, all of it is known when the last of them was.
 * @param spans Per series of the panel, in its order; the same array for series that share their promotions.
 * @returns `null` where the share was the same in all of the past: nothing can be learnt from it.
 */
export function promotionColumn(
  panel: Pick<DemandPanel, "frequency" | "periods" | "series">,
  ahead: number,
  spans: readonly (readonly PromotedSpan[])[]
): KnownAhead | null {
  const made = new Map<string, PromotedShares>()
  const columns = panel.series.map((_, at) => {
    const own = spans[at] ?? []
    const key = own.map(({ fromDay, toDay, knownDay }) => `${fromDay} ${toDay} ${knownDay}`).sort().join("|")
    const shares = made.get(key) ?? promotedShares(panel, ahead, own)
    made.set(key, shares)
    return shares
  })
  if (!variesIn(panel, columns)) return null
  return { name: PROMOTION, values: columns.map(({ values }) => values), since: columns.map(({ since }) => since) }
}

/** What promotions moved in the past, per series of the panel: `promotionColumn`'s shares, whenever they were planned. */
export function promotedPeriods({ known }: Pick<DemandPanel, "known">): readonly Float64Array[] {
  return known?.find(({ name }) => name === PROMOTION)?.values ?? []
}

interface PromotedShares {
  /** Share of days, shape `[periods + ahead]`. */
  values: Float64Array
  /** Number of periods that are over before it is known, same shape. */
  since: Int32Array
}

/** Shares of one series, in periods counted from the first of `periods`. */
export function promotedShares(
  { frequency, periods }: Pick<DemandPanel, "frequency" | "periods">,
  ahead: number,
  spans: readonly PromotedSpan[]
): PromotedShares {
  const length = periods.length + ahead
  const shares = { values: new Float64Array(length), since: new Int32Array(length) }
  const [first] = periods
  if (first === undefined || spans.length === 0) return shares
  const start = dayNumber(first)
  const calendar = createPeriodCalendar(frequency, start)
  const base = calendar.periodOf(start)
  const ends = Array.from({ length: length + 1 }, (_, period) => dayNumber(calendar.startOf(base + period)))
  const last = (ends[length] ?? start) - 1
  const isCovered = new Uint8Array(last - start + 1)
  // earlier known ones first: a later one that covers the same days adds nothing that would have to be waited for
  for (const { fromDay, toDay, knownDay } of [...spans].sort((one, two) => (one.knownDay < two.knownDay ? -1 : 1))) {
    // whatever is asked for now is known now, if only since this morning
    const known = Math.min(periods.length, Math.max(0, calendar.periodOf(dayNumber(knownDay)) - base + 1))
    const to = toDay === null ? last : Math.min(last, dayNumber(toDay))
    for (let day = fromDay === null ? start : Math.max(start, dayNumber(fromDay)); day <= to; day++) {
      if (isCovered[day - start]) continue
      isCovered[day - start] = 1
      const period = calendar.periodOf(day) - base
      shares.values[period]! += 1
      shares.since[period] = known
    }
  }
  shares.values.forEach((days, period) => (shares.values[period] = days / ((ends[period + 1] ?? 0) - (ends[period] ?? 0))))
  return shares
}

function variesIn({ series, periods }: Pick<DemandPanel, "periods" | "series">, columns: readonly PromotedShares[]): boolean {
  let [least, most] = [Infinity, -Infinity]
  series.forEach(({ firstPeriod }, at) => {
    const values = columns[at]?.values
    for (let period = firstPeriod; period < periods.length; period++) {
      const value = values?.[period] ?? 0
      if (value < least) least = value
      if (value > most) most = value
    }
  })
  return least < most
}
