import type { ForesightClient } from "../temporal/foresight-client"
import { say } from "./output"

const FIRST_MS = 5_000
const AGAIN_MS = 60_000

/** While nothing happens, says now and then what is waited for, e.g. that no worker runs. */
export function tellWhoIsMissing(client: ForesightClient, now: () => number = () => Date.now()): (what: string) => Promise<void> {
  let next = now() + FIRST_MS
  return async (what) => {
    if (now() < next) return
    next = now() + AGAIN_MS
    const { temporal, worker } = await client.health()
    const problem = !temporal.ok ? temporal.message : !worker.ok ? worker.message : null
    say(problem ? `${what}: ${problem}` : `${what}: a worker is there; waiting for its turn`)
  }
}
