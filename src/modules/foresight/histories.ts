import { LRUCache } from "lru-cache"
import type { Stores } from "../../database/stores"
import { addDays, dayInZone } from "../../domain/day"
import { EVENT_WEIGHTS } from "../../domain/events"
import type { ShopEvent } from "../../domain/events"
import type { Signal } from "../../domain/recommending/ranker"
import { toldOnce } from "../../domain/recommending/told-once"

/** What a shelf knows of a person: what they acted on, and what they bought. */
export interface History {
  signals: Signal[]
  purchased: string[]
}

const RECENT_EVENTS = 200
const CUSTOMERS = 1_000
/** A customer's past is read again after so long, ms; what they do meanwhile is read each time. */
const PAST_TTL_MS = 60_000
/** Clocks of this process and of Postgres may differ by so much, and a transaction may last so long, ms. */
const OVERLAP_MS = 10_000
/** A browser's event is at most a month old when it is counted; so a visit is looked for in few months' partitions only. */
const VISIT_DAYS = 32

interface Past {
  readAt: Date
  events: readonly ShopEvent[]
  /** What the night knows of older ones. */
  liked: { productIds: readonly string[]; weights: readonly number[]; purchasedIds: readonly string[] } | null
}

/** Reads histories: a visit's in one small query; a customer's past once a minute, with all its months and devices, and then only what is new. */
export class Histories {
  private readonly pasts = new LRUCache<string, Promise<Past>>({ max: CUSTOMERS, ttl: PAST_TTL_MS })

  constructor(
    private readonly stores: Pick<Stores, "events" | "recommendations">,
    private readonly now: () => Date
  ) {}

  /** What was done in one visit. */
  async ofSession(sessionId: string): Promise<Signal[]> {
    return signalsOf(await this.stores.events.recentOfSession(sessionId, RECENT_EVENTS, addDays(dayInZone(this.now(), "UTC"), -VISIT_DAYS)))
  }

  /** What a customer did lately and what the night knows of older times. */
  async ofCustomer(customerId: string): Promise<History> {
    const known = this.pasts.get(customerId)
    if (!known) {
      const { events, liked } = await this.readPast(customerId)
      return historyOf(events, liked)
    }
    const { readAt, events, liked } = await known
    const after = new Date(readAt.getTime() - OVERLAP_MS)
    const since = { receivedAfter: after, fromDay: addDays(dayInZone(after, "UTC"), -VISIT_DAYS) }
    const fresh = await this.stores.events.newOfCustomer(customerId, since, RECENT_EVENTS)
    const seen = new Set(fresh.map(({ day, eventId }) => `${day} ${eventId}`))
    return historyOf([...fresh, ...events.filter(({ day, eventId }) => !seen.has(`${day} ${eventId}`))], liked)
  }

  /** Nothing of an erased customer stays in memory. */
  forget(customerId: string): void {
    this.pasts.delete(customerId)
  }

  private readPast(customerId: string): Promise<Past> {
    const { events, recommendations } = this.stores
    const readAt = this.now()
    const read = Promise.all([events.recentOfCustomer(customerId, RECENT_EVENTS), recommendations.vector(customerId)])
    const past = read.then(([recent, liked]) => ({ readAt, events: recent, liked }))
    this.pasts.set(customerId, past)
    past.catch(() => this.pasts.delete(customerId)) // the next request tries again
    return past
  }
}

function historyOf(events: readonly ShopEvent[], liked: Past["liked"]): History {
  const signals = signalsOf(toldOnce(events))
  const fresh = new Set(signals.map(({ productId }) => productId))
  const older = (liked?.productIds ?? []).map((productId, index) => ({ productId, weight: liked?.weights[index] ?? 0, at: 0 }))
  const bought = events.flatMap(({ name, productId }) => (name === "purchase" && productId ? [productId] : []))
  return { signals: [...older.filter(({ productId }) => !fresh.has(productId)), ...signals], purchased: [...new Set([...(liked?.purchasedIds ?? []), ...bought])] }
}

const signalsOf = (events: readonly ShopEvent[]): Signal[] =>
  events.flatMap(({ name, productId, occurredAt }) => {
    const weight = EVENT_WEIGHTS[name]
    return productId && weight > 0 ? [{ productId, weight, at: occurredAt.getTime() }] : []
  })
