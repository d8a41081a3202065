/** One request to Foresight, as it went over the wire. */
export interface Exchange {
  id: number
  at: Date
  kind: "events" | "recommendations"
  body: unknown
  /** `null` while it is on its way; `failed` where there was no answer. */
  status: number | "failed" | null
  answer: unknown
}

const MOST = 60
let exchanges: readonly Exchange[] = []
let last = 0
const listeners = new Set<() => void>()

function change(next: readonly Exchange[]): void {
  exchanges = next.slice(0, MOST)
  for (const listener of listeners) listener()
}

/** For the page's own event log only: looks over the shoulder of `fetch`. A real shop has no need of it. */
export function watchTraffic(): void {
  const fetchUnwatched = window.fetch.bind(window)
  window.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    const kind = /\/store\/foresight\/(events|recommendations)/.exec(url)?.[1] as Exchange["kind"] | undefined
    if (!kind) return fetchUnwatched(input, init)
    const id = ++last
    const body: unknown = typeof init?.body === "string" ? JSON.parse(init.body) : null
    const settle = (outcome: Pick<Exchange, "status" | "answer">) =>
      change(exchanges.map((exchange) => (exchange.id === id ? { ...exchange, ...outcome } : exchange)))
    change([{ id, at: new Date(), kind, body, status: null, answer: null }, ...exchanges])
    try {
      const answer = await fetchUnwatched(input, init)
      const text = await answer.clone().text()
      settle({ status: answer.status, answer: text.startsWith("{") ? JSON.parse(text) : text })
      return answer
    } catch (error) {
      settle({ status: "failed", answer: String(error) })
      throw error
    }
  }
}

export const subscribeToTraffic = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Newest first. */
export const trafficSoFar = (): readonly Exchange[] => exchanges
