import { dayFromNumber, type Day } from "../day"

const MS_PER_DAY = 86_400_000

/** Wall-clock time of one time zone; `local` values are ms since 1970-01-01 00:00 on the zone's own clock. */
export interface ZoneClock {
  toLocal(instant: number): number
  /** A time that a clock change skips moves forward by the change; one that happens twice is the first. */
  toInstant(local: number): number
  dayOf(instant: number): Day
}

/** Wall-clock conversions for an IANA time zone by `Intl` alone; asks it only a few times a day, so millions of lines cost little. */
export function createZoneClock(timeZone: string): ZoneClock {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  })
  const offsetAt = (instant: number) => {
    const parts: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(instant)) parts[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000
  }
  const atMidnight = new Map<number, number>()
  /** Offset at 00:00 UTC of a day since 1970. */
  const midnightOffset = (utcDay: number) => {
    let offset = atMidnight.get(utcDay)
    if (offset === undefined) atMidnight.set(utcDay, (offset = offsetAt(utcDay * MS_PER_DAY)))
    return offset
  }
  const offsetOf = (instant: number) => {
    const utcDay = Math.floor(instant / MS_PER_DAY)
    const before = midnightOffset(utcDay)
    return before === midnightOffset(utcDay + 1) ? before : offsetAt(instant)
  }
  const toLocal = (instant: number) => instant + offsetOf(instant)
  const days = new Map<number, Day>()
  return {
    toLocal,
    toInstant(local) {
      const day = Math.floor(local / MS_PER_DAY)
      const before = midnightOffset(day - 1)
      const after = midnightOffset(day + 2)
      if (before === after || offsetOf(local - before) === before) return local - before
      return offsetOf(local - after) === after ? local - after : local - before
    },
    dayOf(instant) {
      const number = Math.floor(toLocal(instant) / MS_PER_DAY)
      let day = days.get(number)
      if (day === undefined) days.set(number, (day = dayFromNumber(number)))
      return day
    },
  }
}
