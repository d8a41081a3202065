import type { Stores } from "../../database/stores"
import { medusaShopReader } from "../../shop/medusa-shop-reader"
import type { ShopQuery } from "../../shop/shop-query"

/** An item at a location. */
export interface StockPlace {
  inventoryItemId: string
  locationId: string
}

/** Notes stock the moment it changes, so that the share of a day in which something could be sold is known. */
export class StockNotes {
  constructor(
    private readonly stock: Pick<Stores["stock"], "note">,
    private readonly timeZone: string,
    private readonly now: () => Date
  ) {}

  /** A level or a reservation changed. @returns where; `null` where that cannot be found any more: the next walk over the shop notes it. */
  async changed(query: ShopQuery, kind: "inventory_level" | "reservation", id: string): Promise<StockPlace | null> {
    const at = this.now() // before the reading: a later note is newer
    const reader = medusaShopReader(query)
    const place = kind === "reservation" ? await reader.reservation(id) : null
    const level = kind === "inventory_level" ? await reader.level(id) : place && (await reader.levelsOf([place.inventoryItemId])).find(({ locationId }) => locationId === place.locationId)
    if (!level) return null
    const { inventoryItemId, locationId, stocked, reserved, incoming, isAssumed } = level
    await this.stock.note([{ inventoryItemId, locationId, stocked, reserved, incoming, assumed: isAssumed }], at, this.timeZone)
    return { inventoryItemId, locationId }
  }
}
