import type { ShopQuery } from "../../shop/shop-query"
import type { Stores } from "../../database/stores"
import { MedusaShopReader } from "../../shop/medusa-shop-reader"
import { recordOrder } from "../../shop/record-order"
import type { ShopOrder } from "../../shop/shop-reader"
import type { ForesightClient } from "../../temporal/foresight-client"

/** Notes what orders say the moment they say it; `reconcile-shop` finds what was missed. */
export class Orders {
  constructor(
    private readonly stores: Pick<Stores, "events" | "exclusions">,
    private readonly temporal: Pick<ForesightClient, "ordersPlaced">,
    private readonly settings: { timeZone: string; retrainAfterOrders: number },
    private readonly warn: (message: string) => void
  ) {}

  /** Stores an order's lines and what came back of them as they stand now. Safe to repeat. @returns the order; `null` when there is none. */
  async changed(query: ShopQuery, orderId: string): Promise<ShopOrder | null> {
    const reader = new MedusaShopReader(query)
    const [order, returns] = await Promise.all([reader.order(orderId), reader.returnsOf([orderId])])
    if (order) await recordOrder({ stores: this.stores, timeZone: this.settings.timeZone }, order, returns)
    return order
  }

  /** Counts one new order towards the next training. Nobody waits for it: with Temporal away only the count is lost, the night trains all the same. */
  noticed(): void {
    this.temporal
      .ordersPlaced(1, { threshold: this.settings.retrainAfterOrders })
      .catch((error: unknown) => this.warn(`foresight: an order was stored, but its signal was not sent: ${error instanceof Error ? error.message : String(error)}`))
  }
}
