import type { Stores } from "../../database/stores"
import { linkMovedOrders } from "../../shop/link-people"
import { medusaShopReader } from "../../shop/medusa-shop-reader"
import { recordOrders } from "../../shop/record-order"
import type { ShopQuery } from "../../shop/shop-query"
import type { ShopOrder } from "../../shop/shop-reader"
import type { ForesightClient } from "../../temporal/foresight-client"

/** Notes what orders say the moment they say it; `reconcile-shop` finds what was missed. */
export class Orders {
  constructor(
    private readonly stores: Pick<Stores, "orders" | "identities">,
    private readonly temporal: Pick<ForesightClient, "ordersPlaced">,
    private readonly settings: { timeZone: string; retrainAfterOrders: number },
    private readonly now: () => Date,
    private readonly warn: (message: string) => void
  ) {}

  /** Makes what is stored of an order, its returns, claims, exchanges and refunds what the shop has now. Safe to repeat. @returns the order; `null` when there is none. */
  async changed(query: ShopQuery, orderId: string): Promise<ShopOrder | null> {
    const reader = medusaShopReader(query)
    const [[order], returns] = await Promise.all([reader.orders([orderId]), reader.returnsOf([orderId])])
    if (!order) return null
    const { moved } = await recordOrders({ orders: this.stores.orders, timeZone: this.settings.timeZone }, [order], returns)
    await linkMovedOrders({ identities: this.stores.identities, reader, now: this.now }, moved)
    return order
  }

  /** The same for the order that a payment belongs to. */
  async paymentChanged(query: ShopQuery, paymentId: string): Promise<ShopOrder | null> {
    const orderId = await medusaShopReader(query).orderOfPayment(paymentId)
    return orderId ? this.changed(query, orderId) : null
  }

  /** Counts one new order towards the next training. Nobody waits for it: with Temporal away only the count is lost, the night trains all the same. */
  noticed(): void {
    this.temporal
      .ordersPlaced(1, { threshold: this.settings.retrainAfterOrders })
      .catch((error: unknown) => this.warn(`foresight: an order was stored, but its signal was not sent: ${error instanceof Error ? error.message : String(error)}`))
  }
}
