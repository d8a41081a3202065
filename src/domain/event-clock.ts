/** How far a browser's clock may run ahead before its event is set aside, ms. */
const MAX_CLOCK_AHEAD_MS = 5 * 60_000
/** How old a browser's event may be (an offline queue), ms. */
const MAX_EVENT_AGE_MS = 30 * 86_400_000

/** Why an event's own time is not believed. */
export interface ClockProblem {
  reason: "clock_skew" | "replayed"
  message: string
}

/**
 * Judges the time an event claims for itself against the server's.
 * @param claimed ISO 8601 with offset.
 * @param now When the event was received.
 * @param at `claimed` in ms since 1970, where it is known already.
 * @returns `clock_skew`: more than 5 minutes ahead; `replayed`: older than 30 days, longer than any offline queue is kept; else `null`.
 */
export function judgeClock(claimed: string, now: Date, at = Date.parse(claimed)): ClockProblem | null {
  const ahead = at - now.getTime()
  const expected = (limit: string) => `expected at most ${limit} ${now.toISOString()}`
  if (ahead > MAX_CLOCK_AHEAD_MS) {
    return { reason: "clock_skew", message: `${claimed} is in the future; ${expected(`${MAX_CLOCK_AHEAD_MS / 60_000} minutes ahead of`)}` }
  }
  if (-ahead > MAX_EVENT_AGE_MS) {
    return { reason: "replayed", message: `${claimed} is too old; ${expected(`${MAX_EVENT_AGE_MS / 86_400_000} days before`)}` }
  }
  return null
}
