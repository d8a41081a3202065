import { LRUCache } from "lru-cache"
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible"
import { ForesightError } from "../../domain/errors"

/** Events a minute; 0: no limit. */
export interface IntakeLimitSettings {
  perKey: number
  perVisitor: number
}

/** Who sends a batch. */
export interface IntakeSender {
  publishableKey: string
  /** One visitor's name; `null` for nobody's, e.g. anonymous ones; `several` for what a shop's server passes on. */
  visitor: { name: string } | "several" | null
  ip: string
}

const WINDOW_SECONDS = 60
/** Visitors and addresses counted at once; the one not heard of longest is forgotten first, so that made-up names cost no memory. */
const MOST_SENDERS = 50_000

/** Counts events, not requests, a minute: of one publishable key, and of one visitor, or of one address where no visitor is named. Each server counts for itself. */
export class IntakeLimits {
  private readonly keys: Counter
  private readonly visitors: Counter

  constructor({ perKey, perVisitor }: IntakeLimitSettings) {
    this.keys = new Counter(perKey, "this publishable key")
    this.visitors = new Counter(perVisitor, "this visitor")
  }

  /** @throws ForesightError `too_many` with the seconds until the window ends; nothing of the batch is stored then. */
  async take({ publishableKey, visitor, ip }: IntakeSender, events: number): Promise<void> {
    if (visitor !== "several") await this.visitors.take(visitor === null ? `ip:${ip}` : `visitor:${visitor.name}`, events)
    await this.keys.take(publishableKey, events)
  }
}

class Counter {
  private readonly limiter: RateLimiterMemory
  private readonly known: LRUCache<string, true>

  constructor(
    private readonly most: number,
    private readonly whom: string
  ) {
    const limiter = new RateLimiterMemory({ points: most, duration: WINDOW_SECONDS })
    this.limiter = limiter
    this.known = new LRUCache({ max: MOST_SENDERS, dispose: (_value, name, reason) => void (reason === "evict" && limiter.delete(name)) })
  }

  async take(name: string, events: number): Promise<void> {
    if (this.most === 0) return
    this.known.set(name, true)
    try {
      await this.limiter.consume(name, events)
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused
      const message = `${this.whom} sent ${refused.consumedPoints} events within a minute; expected at most ${this.most}`
      throw new ForesightError("too_many", message, { retryAfterSeconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) })
    }
  }
}
