/** Asks until there is an answer; the shop's subscribers and the worker run after the request. @throws Error when none came in time. */
export async function eventually<Answer>(ask: () => Promise<Answer | undefined | false>, withinMs = 15_000): Promise<Answer> {
  for (const until = Date.now() + withinMs; ; ) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > until) throw new Error(`nothing came within ${withinMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
