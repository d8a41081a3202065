/** What a person does not reach: events in one clock minute, in one ten seconds. A page with several shelves sends about five. */
const MOST_A_MINUTE = 300
const MOST_IN_TEN_SECONDS = 100
/** How long a visitor that was too fast is not believed, ms. */
const DISBELIEF_MS = 30 * 60_000

/** How fast one visitor is, by the times the events claim: an offline queue that arrives at once is no flood. */
export interface VisitorPace {
  /** Number of the minute and of the ten seconds that are counted now. */
  minute: number
  inMinute: number
  tenSeconds: number
  inTenSeconds: number
  /** ms since 1970; 0: believed. */
  inhumanUntil: number
}

/**
 * The pace after one more event. A time in another minute begins a new count, so events out of order count too few rather than too many.
 * @param pace Before; `undefined` for a visitor not seen lately.
 * @param at The event's time, ms since 1970.
 */
export function nextPace(pace: VisitorPace | undefined, at: number): VisitorPace {
  const minute = Math.floor(at / 60_000)
  const tenSeconds = Math.floor(at / 10_000)
  const inMinute = pace?.minute === minute ? pace.inMinute + 1 : 1
  const inTenSeconds = pace?.tenSeconds === tenSeconds ? pace.inTenSeconds + 1 : 1
  const tooFast = inMinute > MOST_A_MINUTE || inTenSeconds > MOST_IN_TEN_SECONDS
  return { minute, inMinute, tenSeconds, inTenSeconds, inhumanUntil: tooFast ? at + DISBELIEF_MS : (pace?.inhumanUntil ?? 0) }
}

/** Why an event at `at` (ms since 1970) is not believed; `null` for a person's pace. */
export function inhumanPace({ inhumanUntil, inMinute, inTenSeconds }: VisitorPace, at: number): string | null {
  if (at >= inhumanUntil) return null
  return `the visitor sent more than ${MOST_IN_TEN_SECONDS} events in ten seconds or ${MOST_A_MINUTE} in a minute (now ${inTenSeconds} and ${inMinute})`
}
