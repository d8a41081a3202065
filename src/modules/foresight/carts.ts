import type { ShopQuery } from "../../shop/shop-query"
import type { CartStore } from "../../database/stores/cart-store"
import type { EventStore } from "../../database/stores/event-store"
import { cartChanges } from "../../domain/cart-changes"
import { dayInZone } from "../../domain/day"
import { readCart } from "../../shop/read-cart"
import type { People } from "./people"

/** Turns a changed cart into `add_to_cart` and `remove_from_cart`. */
export class Carts {
  constructor(
    private readonly carts: Pick<CartStore, "exchange">,
    private readonly events: Pick<EventStore, "insert">,
    private readonly people: Pick<People, "cartHas">,
    private readonly timeZone: string,
    private readonly now: () => Date
  ) {}

  /** Compares a cart with the lines it held when last seen and notes the difference, and whose it is. A completed cart's lines say nothing new: the order speaks for it. */
  async updated(query: ShopQuery, cartId: string): Promise<number> {
    const cart = await readCart(query, cartId)
    if (!cart) return 0
    await this.people.cartHas(query, cartId, cart.customerId)
    if (cart.completed) return 0
    const before = await this.carts.exchange(cartId, cart.lines)
    const at = this.now()
    const changes = cartChanges(before, cart.lines)
    const { inserted } = await this.events.insert(
      changes.map(({ name, variantId, productId, quantity, unitPrice }, index) => ({
        eventId: `cart/${cartId}/${at.getTime()}/${index}`,
        day: dayInZone(at, this.timeZone),
        name,
        occurredAt: at,
        source: "medusa",
        customerId: cart.customerId,
        visitorId: null,
        sessionId: null,
        productId,
        variantId,
        sku: null,
        locationId: null,
        salesChannelId: cart.salesChannelId,
        regionId: cart.regionId,
        orderId: null,
        cartId,
        quantity,
        unitPrice,
        currencyCode: cart.currencyCode,
        searchTerm: null,
        properties: null,
      }))
    )
    return inserted
  }
}
