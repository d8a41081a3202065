import type { Day } from "../day"
import { dayFromNumber, dayNumber } from "../day"
import { ForesightError } from "../errors"
import type { DemandPanel, DemandSeries } from "./types"
import { weekdayOf } from "./weekday-profile"

/** Demand of one variant at one location on one day, all sales channels together or one row each. */
export interface DemandDayRow {
  variantId: string
  locationId: string
  day: Day
  units: number
  /** Mean price paid per unit; `null` where nothing was sold or it is unknown. */
  unitPrice: number | null
  /** Share of the day in which it could be sold, 0 … 1; `null` or missing where nobody looked: counts as in stock. */
  inStock?: number | null
}

/** What is known of a series besides its sales. */
export interface SeriesMeta {
  variantId: string
  locationId: string
  category: string | null
  /** What it is called. */
  title?: string
  /** Day on which the variant was created; `null` when only its sales tell. */
  createdDay: Day | null
}

const DAYS_PER_WEEK = 7
/** With less of a week in stock than two average days and nothing sold, nobody knows what was wanted. */
const LEAST_EXPOSURE = 2 / 7
/** Weeks, this one included, whose sales say what the missing time would have sold; later ones are never looked at. */
const RATE_WEEKS = 26
/** Weeks of time in stock before that can be said. */
const LEAST_OBSERVED = 1

const EVEN: readonly number[] = new Array<number>(DAYS_PER_WEEK).fill(1 / DAYS_PER_WEEK)

type WeekdaysOf = (weeksBack: number) => readonly number[]

/** The id of a variant's series at a location. */
function seriesIdOf(variantId: string, locationId: string): string {
  return `${variantId}@${locationId}`
}

/** Weekly panel whose last week ends on `asOf` (the last full day), at most `maxWeeks` back and never before the first row or creation.
 * One series per entry of `meta` (rows of others are left out), sorted by id. A week is `NaN` before the series' first week (creation or first sale,
 * whichever is earlier). Time out of stock is time without an observation: a week's exposure `e` is the sum over its days of the weekday's share of a week
 * times the share of the day in stock, and its units are `sold + (1 − e) · rate`, at least what was sold. `rate = Σ sold / Σ e` over the last 26 weeks up to
 * this one: for sales that come one by one the maximum-likelihood rate of time cut short by selling out; scaling single weeks up by `1 / e` would count twice
 * that a large sale is what empties a shelf. With `e` below 2/7 and nothing sold a week is `NaN`.
 * Price is the mean paid, weighted by units, carried forward over weeks without a sale; `NaN` before the first.
 * @param weekdays Share of a week's units on each weekday, Monday first, as known at the end of the week that ended so many weeks before the last; all alike unless given.
 * @throws ForesightError `invalid_series` for units that are negative or not a number.
 */
export function buildWeeklyPanel(rows: Iterable<DemandDayRow>, meta: readonly SeriesMeta[], asOf: Day, maxWeeks = 156, weekdays: WeekdaysOf = () => EVEN): DemandPanel {
  const end = dayNumber(asOf) + 1
  const collected = new Map<string, Collected>()
  for (const { variantId, locationId, createdDay } of meta) {
    collected.set(seriesIdOf(variantId, locationId), new Collected(createdDay === null ? Infinity : dayNumber(createdDay)))
  }
  for (const row of rows) {
    if (!Number.isFinite(row.units) || row.units < 0) {
      throw new ForesightError("invalid_series", `units of ${seriesIdOf(row.variantId, row.locationId)} on ${row.day} is ${row.units}; expected a number ≥ 0`)
    }
    const series = collected.get(seriesIdOf(row.variantId, row.locationId))
    const back = end - 1 - dayNumber(row.day)
    if (series && back >= 0) series.add(row, end - 1 - back, Math.floor(back / DAYS_PER_WEEK))
  }
  const earliest = [...collected.values()].reduce((least, series) => Math.min(least, series.firstDay), Infinity)
  const weeks = Number.isFinite(earliest) && earliest < end ? Math.min(maxWeeks, Math.max(1, Math.floor((end - earliest) / DAYS_PER_WEEK))) : 0
  const start = end - weeks * DAYS_PER_WEEK
  const series = [...meta]
    .map((entry) => ({ id: seriesIdOf(entry.variantId, entry.locationId), category: entry.category, title: entry.title }))
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    .flatMap(({ id, ...entry }) => collected.get(id)?.toSeries({ seriesId: id, ...entry }, weeks, start, weekdays) ?? [])
  return { frequency: "week", periods: Array.from({ length: weeks }, (_, week) => dayFromNumber(start + week * DAYS_PER_WEEK)), series }
}

/** One series while its rows arrive; weeks are counted backwards from the last. */
class Collected {
  private readonly units = new Map<number, number>()
  private readonly value = new Map<number, { units: number; money: number }>()
  /** Least share in stock by day, of those days on which it was not whole. */
  private readonly shortDays = new Map<number, Map<number, number>>()

  constructor(public firstDay: number) {}

  add(row: DemandDayRow, day: number, weekBack: number): void {
    if (row.units > 0) {
      this.firstDay = Math.min(this.firstDay, day)
      this.units.set(weekBack, (this.units.get(weekBack) ?? 0) + row.units)
      if (row.unitPrice !== null) {
        const sold = this.value.get(weekBack) ?? { units: 0, money: 0 }
        this.value.set(weekBack, { units: sold.units + row.units, money: sold.money + row.units * row.unitPrice })
      }
    }
    const inStock = row.inStock ?? 1
    if (inStock >= 1) return
    const week = this.shortDays.get(weekBack) ?? new Map<number, number>()
    this.shortDays.set(weekBack, week.set(day, Math.max(0, Math.min(inStock, week.get(day) ?? 1))))
  }

  toSeries({ title, ...entry }: Pick<DemandSeries, "seriesId" | "category" | "title">, weeks: number, start: number, weekdays: WeekdaysOf): DemandSeries {
    const firstPeriod = Math.min(weeks, Math.max(0, Math.floor((this.firstDay - start) / DAYS_PER_WEEK)))
    const units = new Float64Array(weeks).fill(NaN)
    const price = new Float64Array(weeks).fill(NaN)
    const madeUp = new Float64Array(this.shortDays.size > 0 ? weeks : 0)
    let lastPrice = NaN
    const seen: { sold: number; exposure: number }[] = []
    for (let week = firstPeriod; week < weeks; week++) {
      const back = weeks - 1 - week
      const sold = this.units.get(back) ?? 0
      let exposure = 1
      for (const [day, inStock] of this.shortDays.get(back) ?? []) exposure -= (1 - inStock) * (weekdays(back)[weekdayOf(dayFromNumber(day))] ?? 0)
      seen.push({ sold, exposure })
      if (seen.length > RATE_WEEKS) seen.shift()
      const missed = exposure === 1 ? 0 : (1 - exposure) * rateOf(seen)
      units[week] = sold === 0 && exposure < LEAST_EXPOSURE ? NaN : sold + missed
      if (missed > 0) madeUp[week] = missed
      const paid = this.value.get(back)
      if (paid) lastPrice = paid.money / paid.units
      price[week] = lastPrice
    }
    return { ...entry, ...(title && { title }), firstPeriod, units, price, ...(madeUp.length > 0 && { madeUp }) }
  }
}

/** Units per week in stock; 0 where too little of it was seen. */
function rateOf(weeks: readonly { sold: number; exposure: number }[]): number {
  const observed = weeks.reduce((sum, { exposure }) => sum + exposure, 0)
  return observed < LEAST_OBSERVED ? 0 : weeks.reduce((sum, { sold }) => sum + sold, 0) / observed
}
