/** Far above what anything here takes on a machine with nothing else to do: a busy one may pause for seconds. */
const PATIENCE_MS = 90_000
const PAUSE_MS = 200

/** Asks until there is an answer; the shop's subscribers and the worker run after the request. @throws Error when none came in time. */
export async function eventually<Answer>(ask: () => Promise<Answer | undefined | false>, withinMs = PATIENCE_MS): Promise<Answer> {
  for (const until = Date.now() + withinMs; ; ) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > until) throw new Error(`nothing came within ${withinMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

/** Tries again until `work`, which may hold expectations, does not throw. @throws what it threw last, when it still throws after `withinMs`. */
export async function until<Result>(work: () => Promise<Result>, withinMs = PATIENCE_MS): Promise<Result> {
  for (const end = Date.now() + withinMs; ; ) {
    try {
      return await work()
    } catch (error) {
      if (Date.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
}
