import type { Foresight, Recommendations, RecommendationsRequest } from "../client"

/** What a shelf knows at one moment. */
export interface RecommendationsState {
  /** The last good answer to this request; stays while it is asked for again, and when that fails. */
  data: Recommendations | null
  error: Error | null
  loading: boolean
}
const WAITING: RecommendationsState = { data: null, error: null, loading: true }

/** Asks for one request at a time and remembers the last good answer; a newer question takes the place of the one on its way. */
export class RecommendationsLoader {
  private key = ""
  private state = WAITING
  private running: AbortController | null = null
  private readonly listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** The state of the request with this key; another one's answer is not shown under it. */
  of(key: string): RecommendationsState {
    return key === this.key ? this.state : WAITING
  }

  /** @param key the request as JSON */
  async load(foresight: Pick<Foresight, "recommendations">, key: string): Promise<void> {
    this.stop()
    const abort = new AbortController()
    this.running = abort
    const data = this.of(key).data
    this.key = key
    this.become({ data, error: null, loading: true })
    try {
      const answer = await foresight.recommendations(JSON.parse(key) as RecommendationsRequest, { signal: abort.signal })
      if (!abort.signal.aborted) this.become({ data: answer, error: null, loading: false })
    } catch (error) {
      if (!abort.signal.aborted) this.become({ data, error: error instanceof Error ? error : new Error(String(error)), loading: false })
    }
  }

  readonly stop = (): void => this.running?.abort()

  private become(state: RecommendationsState): void {
    this.state = state
    for (const listener of this.listeners) listener()
  }
}
