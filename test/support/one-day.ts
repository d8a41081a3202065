const DAY_MS = 86_400_000

/** Waits until midnight (UTC, the test store's time zone) is over where it is nearer than a minute, so that what a test compares lies on one day; for `beforeEach()`. */
export async function oneDay(): Promise<void> {
  const left = DAY_MS - (Date.now() % DAY_MS)
  if (left < 60_000) await new Promise((resolve) => setTimeout(resolve, left + 1_000))
}

/** The day in the test store's time zone. */
export const today = (): string => new Date().toISOString().slice(0, 10)
