import { dayFromNumber, dayNumber, type Day } from "../day"

/** Events of one kind from one source per day; a day without an entry had none. */
export interface SignalCounts {
  source: string
  name: string
  counts: ReadonlyMap<Day, number>
}

/** Days on which a signal that usually comes did not. */
export interface SignalGap {
  source: string
  name: string
  fromDay: Day
  toDay: Day
  days: number
  /** Events expected over these days. */
  expected: number
  /** Still so: the last full day belongs to it, and nothing has come today. */
  isOpen: boolean
}

/** Weeks that say what a weekday usually brings, and how many of them must be known. */
const WEEKS = 8
const LEAST_WEEKS = 4
/** Days looked back for gaps. */
const LOOK_BACK_DAYS = 28
/** A silence counts when so many events were expected in it: by chance alone (Poisson) that is one in 20,000. */
const LEAST_EXPECTED = 10

/** Days before today that `signalGaps()` reads. */
export const GAP_HISTORY_DAYS = LOOK_BACK_DAYS + 7 * WEEKS

/**
 * Silences of the last four weeks: runs of full days without an event of a kind of which many were expected.
 * What a day should have brought is the median of the same weekday in the eight weeks before it (four at least since the signal's first day); a run counts
 * when these sum to ten or more. So a shop with two views a day is told after five days, one with a thousand after one, and a signal that ended for good
 * is not told for ever.
 * @param today The day that is not over yet: it ends a gap when it has events, and never begins one.
 * @returns Open gaps first, then the latest.
 */
export function signalGaps(signals: readonly SignalCounts[], today: Day): SignalGap[] {
  const order = (a: SignalGap, b: SignalGap) =>
    Number(b.isOpen) - Number(a.isOpen) || compare(b.toDay, a.toDay) || compare(a.name, b.name) || compare(a.source, b.source)
  return signals.flatMap((signal) => gapsOf(signal, today)).sort(order)
}

const compare = (one: string, two: string) => (one < two ? -1 : one > two ? 1 : 0)

function gapsOf({ source, name, counts }: SignalCounts, today: Day): SignalGap[] {
  // counted in days since 1970, so that looking back weeks is a subtraction
  const now = dayNumber(today)
  const byDay = new Map([...counts].flatMap(([day, count]) => (count > 0 ? [[dayNumber(day), count] as const] : [])))
  const firstDay = [...byDay.keys()].reduce((least, day) => Math.min(least, day), Infinity)
  const gaps: SignalGap[] = []
  let silent: number[] = []
  const end = () => {
    const [from, to] = [silent[0], silent.at(-1)]
    const expected = silent.reduce((sum, day) => sum + usualCount(byDay, day, firstDay), 0)
    if (from !== undefined && to !== undefined && expected >= LEAST_EXPECTED) {
      const isOpen = to === now - 1 && !byDay.has(now)
      gaps.push({ source, name, fromDay: dayFromNumber(from), toDay: dayFromNumber(to), days: silent.length, expected, isOpen })
    }
    silent = []
  }
  for (let day = now - LOOK_BACK_DAYS; day < now; day++) {
    if (day < firstDay || byDay.has(day)) end()
    else silent.push(day)
  }
  end()
  return gaps
}

function usualCount(byDay: ReadonlyMap<number, number>, day: number, firstDay: number): number {
  const before: number[] = []
  for (let week = 1; week <= WEEKS && day - 7 * week >= firstDay; week++) before.push(byDay.get(day - 7 * week) ?? 0)
  if (before.length < LEAST_WEEKS) return 0
  before.sort((a, b) => a - b)
  const middle = before.length / 2
  return ((before[Math.ceil(middle) - 1] ?? 0) + (before[Math.floor(middle)] ?? 0)) / 2
}
