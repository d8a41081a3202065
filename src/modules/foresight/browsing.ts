import type { ShopQuery } from "../../shop/shop-query"
import type { EventStore } from "../../database/stores/event-store"
import { ForesightError } from "../../domain/errors"
import { acceptBatch } from "../../domain/storefront-batch"
import type { AcceptedEvent, RejectedEvent } from "../../domain/storefront-batch"
import type { ProductDirectory } from "../../shop/product-directory"

/** Who sent a batch, as Medusa's auth and the publishable key say. */
export interface BrowsingSender {
  query: ShopQuery
  customerId: string | null
  salesChannelId: string | null
}

/** Every event of a batch is exactly one of the three. */
export interface BrowsingAnswer {
  accepted: number
  duplicates: number
  rejected: RejectedEvent[]
}

/** Different products one batch may name: each unknown one costs Medusa a look-up. */
const MOST_PRODUCTS = 1_000

/** The door for storefront events: what is accepted is committed before the answer. */
export class Browsing {
  constructor(
    private readonly events: Pick<EventStore, "insert">,
    private readonly directory: Pick<ProductDirectory, "known">,
    private readonly timeZone: string,
    private readonly now: () => Date
  ) {}

  /** @throws ForesightError `unavailable` when the database cannot take it now; the sender repeats the same batch later. */
  async accept(batch: readonly unknown[], { query, customerId, salesChannelId }: BrowsingSender): Promise<BrowsingAnswer> {
    const { accepted, rejected } = acceptBatch(batch, { now: this.now(), timeZone: this.timeZone, customerId, salesChannelId })
    try {
      const asked = new Set([...new Set(accepted.flatMap(productsOf))].slice(0, MOST_PRODUCTS))
      const known = await this.directory.known(query, [...asked])
      const good = accepted.filter((event) => productsOf(event).every((id) => known.has(id)))
      for (const event of accepted) {
        const position = productsOf(event).findIndex((id) => !known.has(id))
        if (position >= 0) {
          const id = productsOf(event)[position] ?? ""
          const message = asked.has(id) ? `${id} is no product of this shop` : `a batch may name ${MOST_PRODUCTS} different products; send this event in another one`
          rejected.push({ index: event.index, field: `items.${position}.item_id`, message })
        }
      }
      const { insertedIds } = await this.events.insert(good.flatMap(({ rows }) => rows))
      // The same id twice in one batch is one event and one duplicate.
      const firstIds = new Set(good.flatMap(({ rows }) => (rows[0] && insertedIds.has(rows[0].eventId) ? [rows[0].eventId] : [])))
      return { accepted: firstIds.size, duplicates: good.length - firstIds.size, rejected: rejected.sort((a, b) => a.index - b.index) }
    } catch (error) {
      if (error instanceof ForesightError) throw error
      throw new ForesightError("unavailable", "events cannot be stored just now; send the same batch again", { cause: error })
    }
  }
}

const productsOf = ({ rows }: AcceptedEvent): string[] => rows.flatMap(({ productId }) => (productId === null ? [] : [productId]))
