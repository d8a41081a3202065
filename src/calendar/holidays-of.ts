import Holidays from "date-holidays"
import { addDays, daysBetween, type Day } from "../domain/day"
import type { Holiday } from "../domain/demand/holiday-columns"
import { ForesightError } from "../domain/errors"

/** What the library's types mean for a shop; school holidays are left out, they last for weeks and differ by state. */
const KINDS: Record<string, Holiday["kind"]> = { public: "public", bank: "public", optional: "observance", observance: "observance" }

/** Public holidays and observances of a whole country, days in order; one of several days is told day by day.
 * @param country Two letters, ISO 3166-1, e.g. `DE`.
 * @throws ForesightError `invalid_options` for a country whose holidays are not known.
 * @see https://github.com/commenthol/date-holidays
 */
export function holidaysOf(country: string, from: Day, to: Day): Holiday[] {
  const calendar = new Holidays()
  if (!(country in calendar.getCountries())) {
    const known = Object.keys(calendar.getCountries()).join(" ")
    throw new ForesightError("invalid_options", `country is ${JSON.stringify(country)}, whose holidays are not known; expected one of ${known}`)
  }
  calendar.init(country)
  const found: Holiday[] = []
  // one of several days may begin in the year before
  for (let year = Number(from.slice(0, 4)) - 1; year <= Number(to.slice(0, 4)); year++) {
    for (const { date, start, end, name, type } of calendar.getHolidays(year)) {
      const kind = KINDS[type]
      if (!kind) continue
      const first = date.slice(0, 10)
      const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000))
      for (let at = 0; at < days; at++) found.push({ day: addDays(first, at), name, kind })
    }
  }
  return found.filter(({ day }) => daysBetween(from, day) >= 0 && daysBetween(day, to) >= 0).sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}
