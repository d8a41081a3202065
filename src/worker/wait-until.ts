import { setTimeout as sleep } from "node:timers/promises"

const FIRST_MS = 1_000
const LONGEST_MS = 30_000

/** Tries until it works or `signal` is aborted, first after a second, later after half a minute. `tell` hears each failure and the wait.
 * @returns What `work` answered, or `null` when the signal came first. */
export async function waitUntil<Result>(work: () => Promise<Result>, { tell, signal, firstMs = FIRST_MS }: { tell: (error: unknown, waitMs: number) => void; signal: AbortSignal; firstMs?: number }): Promise<Result | null> {
  for (let wait = firstMs; !signal.aborted; wait = Math.min(2 * wait, LONGEST_MS)) {
    try {
      return await work()
    } catch (error) {
      tell(error, wait)
    }
    await sleep(wait, undefined, { signal }).catch(() => undefined) // an abort ends the loop
  }
  return null
}
