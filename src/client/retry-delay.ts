const BASE_MS = 1_000
const LONGEST_MS = 60_000
/** A server may ask for silence up to as long; beyond it a page would never try again. */
const LONGEST_ASKED_MS = 3_600_000

/**
 * How long to wait before the next attempt: exponential backoff with full jitter, `chance · min(60 s, 1 s · 2^attempt)`, so that many browsers do not come
 * back at once.
 * @param attempt Failures so far, from 0.
 * @param chance In [0, 1).
 * @returns Milliseconds.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export const backoffMs = (attempt: number, chance: number): number => chance * Math.min(LONGEST_MS, BASE_MS * 2 ** attempt)

/**
 * What a `Retry-After` header asks for: seconds or an HTTP date.
 * @returns Milliseconds from `now` (epoch ms), 0 where it says nothing that can be read, at most an hour.
 */
export function retryAfterMs(header: string | null, now: number): number {
  if (!header) return 0
  const seconds = Number(header)
  const asked = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000
  return Math.min(LONGEST_ASKED_MS, Math.max(0, asked || 0))
}
