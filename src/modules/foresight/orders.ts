import type { ShopQuery } from "../../shop/shop-query"
import type { Stores } from "../../database/stores"
import { MedusaShopReader } from "../../shop/medusa-shop-reader"
import { orderEvents } from "../../shop/order-events"
import type { ForesightClient } from "../../temporal/foresight-client"

/** Notes what orders say the moment they say it; `reconcile-shop` finds what was missed. */
export class Orders {
  constructor(
    private readonly stores: Pick<Stores, "events" | "exclusions">,
    private readonly temporal: Pick<ForesightClient, "ordersPlaced">,
    private readonly settings: { timeZone: string; retrainAfterOrders: number },
    private readonly warn: (message: string) => void
  ) {}

  /** Stores an order's lines as they stand now. Safe to repeat. */
  async changed(query: ShopQuery, orderId: string): Promise<void> {
    const order = await new MedusaShopReader(query).order(orderId)
    if (!order) return
    const stored = await this.stores.events.ofOrder(orderId)
    const { events, excluded } = orderEvents(order, { timeZone: this.settings.timeZone, stored })
    await this.stores.events.insert(events)
    if (excluded.length > 0) await this.stores.exclusions.exclude(excluded.map((line) => ({ ...line, importId: null })))
  }

  /** Counts one new order towards the next training. Nobody waits for it: with Temporal away only the count is lost, the night trains all the same. */
  noticed(): void {
    this.temporal
      .ordersPlaced(1, { threshold: this.settings.retrainAfterOrders })
      .catch((error: unknown) => this.warn(`foresight: an order was stored, but its signal was not sent: ${error instanceof Error ? error.message : String(error)}`))
  }
}
