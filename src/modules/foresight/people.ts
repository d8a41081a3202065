import { LRUCache } from "lru-cache"
import type { Stores } from "../../database/stores"
import { linkCart, linkGuests } from "../../shop/link-people"
import { medusaShopReader } from "../../shop/medusa-shop-reader"
import type { ShopQuery } from "../../shop/shop-query"

/** Learns who is who: carts of customers, guests who made an account. */
export class People {
  /** Carts and the customers they were last seen with, so that a cart that only changes its lines costs nothing. */
  private readonly seen = new LRUCache<string, string>({ max: 10_000 })

  constructor(
    private readonly identities: Stores["identities"],
    private readonly settings: { linkGuestsByEmail: boolean },
    private readonly now: () => Date
  ) {}

  /** A cart has this customer now. */
  async cartHas(query: ShopQuery, cartId: string, customerId: string | null): Promise<void> {
    if (!customerId || this.seen.get(cartId) === customerId) return
    await linkCart({ identities: this.identities, reader: medusaShopReader(query), now: this.now }, cartId, customerId)
    this.seen.set(cartId, customerId)
  }

  /** Somebody became a customer: with an account, perhaps after buying as a guest. */
  async registered(query: ShopQuery, customerId: string): Promise<void> {
    if (!this.settings.linkGuestsByEmail) return
    const reader = medusaShopReader(query)
    await linkGuests({ identities: this.identities, reader, now: this.now }, await reader.customers([customerId]))
  }
}
