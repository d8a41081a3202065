import type { ShopQuery } from "../../shop/shop-query"
import { ForesightError } from "../../domain/errors"
import type { ShopEvent } from "../../domain/events"
import { acceptBatch } from "../../domain/storefront-batch"
import type { AcceptedEvent, RejectedEvent } from "../../domain/storefront-batch"
import type { ProductDirectory } from "../../shop/product-directory"
import type { EventBuffer } from "./event-buffer"
import { EventJudge } from "./event-judge"
import type { IntakeLimits, IntakeSender } from "./intake-limits"

/** Who sent a batch, as Medusa's auth, the publishable key and the connection say. */
export interface BrowsingSender {
  query: ShopQuery
  customerId: string | null
  salesChannelId: string | null
  publishableKey: string
  ip: string
  /** The `User-Agent` where it is a crawler's. */
  crawler: string | null
}

/** Every event of a batch is exactly one of the four. */
export interface BrowsingAnswer {
  accepted: number
  duplicates: number
  rejected: RejectedEvent[]
  /** Kept without counting, since the time they claim is not believed; absent where there is none. */
  set_aside?: { index: number; reason: string; message: string }[]
}

/** Different products one batch may name: each unknown one costs Medusa a look-up. */
const MOST_PRODUCTS = 1_000
/** Events from which a batch takes milliseconds to read: it waits for its turn. */
const LARGE_BATCH = 100

/** The door for storefront events. What `EventBuffer` promises of them is what an answer promises. */
export class Browsing {
  private readonly judge = new EventJudge()
  private turns = Promise.resolve()

  constructor(
    private readonly buffer: Pick<EventBuffer, "take">,
    private readonly limits: Pick<IntakeLimits, "take">,
    private readonly directory: Pick<ProductDirectory, "known">,
    private readonly timeZone: string,
    private readonly now: () => Date
  ) {}

  /**
   * @throws ForesightError `unavailable` when the database cannot take it now; the sender repeats the same batch later.
   * `too_many` when the sender is over its limit.
   */
  async accept(batch: readonly unknown[], sender: BrowsingSender): Promise<BrowsingAnswer> {
    const { customerId, salesChannelId, publishableKey, ip, crawler } = sender
    if (batch.length >= LARGE_BATCH) await this.turn()
    const { accepted, rejected } = acceptBatch(batch, { now: this.now(), timeZone: this.timeZone, customerId, salesChannelId })
    await this.limits.take({ publishableKey, visitor: visitorOf(accepted), ip }, batch.length)
    try {
      const good = await this.aboutKnownProducts(accepted, sender.query, rejected)
      const newIds = await this.store(good, crawler)
      const told: { index: number; reason: string; message: string }[] = []
      let counted = 0
      // The same id twice in one batch is one event and one duplicate.
      const firstIds = new Set<string>()
      for (const { index, rows, problem } of good) {
        if (problem && crawler === null) told.push({ index, ...problem })
        else {
          counted += 1
          const id = rows[0]?.eventId
          if (id !== undefined && newIds.has(id)) firstIds.add(id)
        }
      }
      return {
        accepted: firstIds.size,
        duplicates: counted - firstIds.size,
        rejected: rejected.sort((a, b) => a.index - b.index),
        ...(told.length > 0 && { set_aside: told }),
      }
    } catch (error) {
      if (error instanceof ForesightError) throw error
      throw new ForesightError("unavailable", "events cannot be stored just now; send the same batch again", { cause: error })
    }
  }

  /** Lets one large batch be read in each turn of the event loop: else those of ten senders would be read in one go, with Postgres idle and every other request waiting. */
  private turn(): Promise<void> {
    this.turns = this.turns.then(() => new Promise((resolve) => setImmediate(resolve)))
    return this.turns
  }

  /** @returns ids that are new. */
  private async store(events: readonly AcceptedEvent[], crawler: string | null): Promise<ReadonlySet<string>> {
    const { setAside, count } = this.judge.judge(events, crawler)
    const newIds = await this.buffer.take(events.flatMap(({ rows }) => rows), setAside)
    count(newIds)
    return newIds
  }

  /** Those whose products Medusa knows; the others join `rejected`. */
  private async aboutKnownProducts(accepted: readonly AcceptedEvent[], query: ShopQuery, rejected: RejectedEvent[]): Promise<AcceptedEvent[]> {
    const asked = new Set<string>()
    for (const { rows } of accepted) for (const { productId } of rows) if (productId !== null && asked.size < MOST_PRODUCTS) asked.add(productId)
    const known = await this.directory.known(query, [...asked])
    const isUnknown = ({ productId }: ShopEvent) => productId !== null && !known.has(productId)
    return accepted.filter(({ index, rows, fieldOf }) => {
      const position = rows.findIndex(isUnknown)
      if (position < 0) return true
      const id = rows[position]?.productId ?? ""
      const tooMany = `a batch may name ${MOST_PRODUCTS} different products; send this event in another one`
      rejected.push({ index, field: fieldOf(["items", position, "item_id"]), message: asked.has(id) ? `${id} is no product of this shop` : tooMany })
      return false
    })
  }
}

function visitorOf(accepted: readonly AcceptedEvent[]): IntakeSender["visitor"] {
  const first = accepted[0]?.rows[0]?.visitorId ?? null
  if (!accepted.every(({ rows }) => rows[0]?.visitorId === first)) return "several"
  return first === null ? null : { name: first }
}
