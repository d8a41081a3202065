import type { ShopQuery } from "../../shop/shop-query"
import type { CartLine, CartStore } from "../../database/stores/cart-store"
import { cartChanges } from "../../domain/cart-changes"
import { dayInZone } from "../../domain/day"
import type { ShopEvent } from "../../domain/events"
import { readCart } from "../../shop/read-cart"
import type { ShopCart } from "../../shop/read-cart"
import { atMost } from "./at-most"
import type { People } from "./people"

/** Turns a changed cart into `add_to_cart` and `remove_from_cart`. */
export class Carts {
  private readonly inTurn: ReturnType<typeof atMost>

  /** @param atOnce Carts looked at at a time: each holds a connection of ours while Medusa answers, and the others must not want for one. */
  constructor(
    private readonly carts: Pick<CartStore, "exchange">,
    private readonly people: Pick<People, "cartHas">,
    private readonly timeZone: string,
    private readonly now: () => Date,
    atOnce: number
  ) {
    this.inTurn = atMost(atOnce)
  }

  /** Compares a cart with the lines it held when last seen and notes the difference, and whose it is. A completed cart's lines say nothing new: the order speaks for it. */
  async updated(query: ShopQuery, cartId: string): Promise<number> {
    let owner: string | null = null
    // read when no other update of this cart is looked at: an older look that is stored later would take back what is in the cart
    const added = await this.inTurn(() =>
      this.carts.exchange(cartId, async (before) => {
        const cart = await readCart(query, cartId)
        owner = cart?.customerId ?? null
        return cart && !cart.completed ? { lines: cart.lines, events: this.changes(cartId, before, cart) } : null
      })
    )
    await this.people.cartHas(query, cartId, owner)
    return added
  }

  private changes(cartId: string, before: readonly CartLine[], cart: ShopCart): ShopEvent[] {
    const at = this.now()
    const day = dayInZone(at, this.timeZone)
    return cartChanges(before, cart.lines).map(({ name, variantId, productId, quantity, unitPrice }, index) => ({
      eventId: `cart/${cartId}/${at.getTime()}/${index}`,
      day,
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
  }
}
