import type { Stores } from "../../database/stores"
import type { NewcomerRow } from "../../database/stores/newcomer-store"
import type { OwnSettings } from "../../database/stores/setting-store"
import { newcomerRate, newcomerTotal } from "../../domain/demand/newcomers"
import type { Band } from "../../domain/demand/sum-of-series"
import { describeNewcomer } from "../../domain/insight/describe-newcomer"
import { protectionDays } from "../../domain/replenishment/replenishment-settings"
import type { ReplenishmentSettings } from "../../domain/replenishment/types"
import { medusaShopReader } from "../../shop/medusa-shop-reader"
import type { ShopQuery } from "../../shop/shop-query"
import type { ShopReader } from "../../shop/shop-reader"

const DAYS_PER_WEEK = 7

/** A variant that is new, with what may be expected of it once it sells. */
export interface ExpectedNewcomer extends Omit<NewcomerRow, "mean" | "between" | "dispersion" | "inventoryItemIds" | "computedAt"> {
  perWeek: Band
  /** Its first days from an order today to the arrival of the next one. `isOwn`: the item's own settings, not the shop's defaults. */
  firstOrder: Band & { days: number; isOwn: boolean }
  sentence: string
}

/** What is new in the shop, and what others sold when they were new. */
export class Newcomers {
  constructor(
    private readonly stores: Pick<Stores, "newcomers" | "settings">,
    private readonly defaults: ReplenishmentSettings,
    private readonly readerOf: (query: ShopQuery) => Pick<ShopReader, "frame" | "variantsOf"> = medusaShopReader
  ) {}

  /** One page as the last forecast run saw it, the unsold first; what the shop does not offer any more is left out. An item's own settings are those at the shop's default location.
   * @returns With how many there were in all at the last run. */
  async page(query: ShopQuery, which: Parameters<Stores["newcomers"]["page"]>[0]): Promise<{ newcomers: ExpectedNewcomer[]; count: number }> {
    const reader = this.readerOf(query)
    const { rows, count } = await this.stores.newcomers.page(which)
    const [{ defaultLocationId }, variants, settings] = await Promise.all([
      reader.frame(),
      reader.variantsOf(rows.map(({ variantId }) => variantId)),
      this.stores.settings.of(rows.flatMap(({ inventoryItemIds }) => inventoryItemIds)),
    ])
    const offered = new Set(variants.filter(({ isPublished }) => isPublished).map(({ id }) => id))
    const own = new Map(settings.filter((one) => one.locationId === defaultLocationId).map((one) => [one.inventoryItemId, one.settings]))
    return { newcomers: rows.filter(({ variantId }) => offered.has(variantId)).map((row) => this.expected(row, own)), count }
  }

  private expected({ mean, between, dispersion, inventoryItemIds, ...row }: NewcomerRow, own: ReadonlyMap<string, OwnSettings>): ExpectedNewcomer {
    const [item] = inventoryItemIds
    const order = protectionDays((inventoryItemIds.length === 1 && item !== undefined && own.get(item)) || null, this.defaults)
    const prior = { mean, between, dispersion }
    const perWeek = newcomerRate(prior)
    return {
      ...row,
      perWeek,
      firstOrder: { ...newcomerTotal(prior, order.days / DAYS_PER_WEEK), ...order },
      sentence: describeNewcomer({ ...row, ofTitle: row.ofTitle.map(({ title }) => title), perWeek }),
    }
  }
}
