import type { ShopQuery } from "../../shop/shop-query"
import type { Stores } from "../../database/stores"
import { forecastsByHand } from "../../database/forecasts-by-hand"
import { createSalesPatterns } from "../../database/sales-patterns"
import type { StoredAdvice } from "../../database/stores/advice-store"
import type { OwnSettings } from "../../database/stores/setting-store"
import { dayInZone } from "../../domain/day"
import { DEFAULT_SEED } from "../../domain/default-seed"
import { createPathDraws } from "../../domain/demand/path-draws"
import type { PathDraws } from "../../domain/demand/path-draws"
import { ForesightError } from "../../domain/errors"
import { advise } from "../../domain/replenishment/advise"
import { assembleOutlook } from "../../domain/replenishment/assemble-outlook"
import { OUTLOOK_PATHS } from "../../domain/replenishment/demand-outlook"
import { mergeSettings } from "../../domain/replenishment/replenishment-settings"
import type { ReplenishmentSettings } from "../../domain/replenishment/types"
import { itemUsages, variantsOfProduct } from "../../shop/item-usage"
import type { ItemUsage, NotAdvised } from "../../shop/item-usage"
import { medusaShopReader } from "../../shop/medusa-shop-reader"
import type { DemandChart } from "./demand-chart"
import { demandCharts } from "./demand-chart"
import type { StockPlace } from "./stock-notes"

/** Everything the screens show of one item at one location. */
export interface LocationAdvice {
  locationId: string
  locationName: string | null
  advice: StoredAdvice | null
  chart: DemandChart
  own: OwnSettings
}
export interface ItemAdvice {
  inventoryItemId: string
  notAdvised: NotAdvised | null
  locations: LocationAdvice[]
}

const NO_OWN_SETTINGS: OwnSettings = { leadTimeDays: null, leadTimeSdDays: null, reviewDays: null, serviceLevel: null, coverDays: null, moq: null, packSize: null }

/** Advice as the admin reads it and as a change of stock or settings moves it. */
export class AdviceDesk {
  private readonly patternOf: ReturnType<typeof createSalesPatterns>
  private draws: PathDraws | undefined

  constructor(
    private readonly stores: Stores,
    readonly defaults: ReplenishmentSettings,
    private readonly timeZone: string,
    private readonly now: () => Date
  ) {
    this.patternOf = createSalesPatterns(stores, now)
  }

  /** Items with live stock: the only place that reads Medusa's levels for a screen. Ids that Medusa does not know are left out. */
  async ofItems(query: ShopQuery, inventoryItemIds: readonly string[]): Promise<ItemAdvice[]> {
    const usages = await itemUsages(query, inventoryItemIds)
    const [stored, outlooks, settings, charts] = await Promise.all([
      this.stores.advice.ofItems(inventoryItemIds),
      this.stores.outlooks.ofItems(inventoryItemIds),
      this.stores.settings.of(inventoryItemIds),
      demandCharts(this.stores, usages, dayInZone(this.now(), this.timeZone)),
    ])
    return usages.map((usage) => ({
      inventoryItemId: usage.inventoryItemId,
      notAdvised: usage.notAdvised,
      locations: usage.levels.map((level) => {
        const here = (row: { inventoryItemId: string; locationId: string }) => row.inventoryItemId === usage.inventoryItemId && row.locationId === level.locationId
        const row = stored.find(({ advice }) => here(advice))
        const outlook = outlooks.find(here)
        return {
          locationId: level.locationId,
          locationName: level.locationName,
          advice: row && outlook && !usage.notAdvised ? { ...row, advice: advise(outlook, level.stock) } : null,
          chart: charts.get(`${usage.inventoryItemId}@${level.locationId}`) ?? { history: [], forecast: [] },
          own: settings.find(here)?.settings ?? NO_OWN_SETTINGS,
        }
      }),
    }))
  }

  /** One item. @throws ForesightError `not_found` */
  async ofItem(query: ShopQuery, inventoryItemId: string): Promise<ItemAdvice> {
    const [item] = await this.ofItems(query, [inventoryItemId])
    if (!item) throw new ForesightError("not_found", `Inventory item ${inventoryItemId} was not found`)
    return item
  }

  /** A product's variants with the items they are made of. @throws ForesightError `not_found` */
  async ofProduct(query: ShopQuery, productId: string) {
    const variants = await variantsOfProduct(query, productId)
    if (variants.length === 0) throw new ForesightError("not_found", `Product ${productId} was not found or has no variants`)
    const items = await this.ofItems(query, [...new Set(variants.flatMap((variant) => variant.items.map((item) => item.inventoryItemId)))])
    return variants.map((variant) => ({
      ...variant,
      items: variant.items.flatMap(({ inventoryItemId, requiredQuantity }) => {
        const item = items.find((one) => one.inventoryItemId === inventoryItemId)
        return item ? [{ requiredQuantity, item }] : []
      }),
    }))
  }

  /** Changes an item's own settings and works its advice out anew. @throws ForesightError `not_found`, `invalid_settings` */
  async setSettings(query: ShopQuery, inventoryItemId: string, locationId: string, change: Partial<OwnSettings>): Promise<ItemAdvice> {
    const [usage] = await itemUsages(query, [inventoryItemId])
    if (!usage) throw new ForesightError("not_found", `Inventory item ${inventoryItemId} was not found`)
    if (!usage.levels.some((level) => level.locationId === locationId)) {
      throw new ForesightError("invalid_settings", `location_id is ${locationId}; expected a location at which item ${inventoryItemId} has a level`)
    }
    mergeSettings({ ...change }, this.defaults) // refuses before anything is written
    const own = await this.stores.settings.set(inventoryItemId, locationId, change)
    await this.redraw(usage, locationId, own)
    await this.adviseAnew(query, inventoryItemId, locationId)
    return this.ofItem(query, inventoryItemId)
  }

  /** Stock changed there: the row is worked out anew from the stored outlook. */
  stockChanged(query: ShopQuery, { inventoryItemId, locationId }: StockPlace): Promise<void> {
    return this.adviseAnew(query, inventoryItemId, locationId)
  }

  /** Stock of these variants' items changed in a way no level or reservation can be asked about any more: their rows at all locations are worked out anew. */
  async stockOfVariantsChanged(query: ShopQuery, variantIds: readonly string[]): Promise<void> {
    const at = this.now()
    const variants = await medusaShopReader(query).variantsOf(variantIds)
    const usages = await itemUsages(query, [...new Set(variants.flatMap(({ items }) => items.map(({ inventoryItemId }) => inventoryItemId)))])
    for (const usage of usages) for (const { locationId } of usage.levels) await this.recompute(usage, locationId, at)
  }

  /** A forecast was set by hand, or no longer is: outlook and advice of the variant's items at the location follow. */
  async forecastChanged(query: ShopQuery, variantId: string, locationId: string): Promise<void> {
    const at = this.now()
    const [variant] = await medusaShopReader(query).variantsOf([variantId])
    const ids = (variant?.items ?? []).map(({ inventoryItemId }) => inventoryItemId)
    const own = await this.stores.settings.of(ids)
    for (const usage of await itemUsages(query, ids)) {
      const settings = own.find((one) => one.inventoryItemId === usage.inventoryItemId && one.locationId === locationId)
      await this.redraw(usage, locationId, settings?.settings ?? NO_OWN_SETTINGS)
      await this.recompute(usage, locationId, at)
    }
  }

  /** The time is taken before the stock is read: of two changes at once the later reading stays. */
  private async adviseAnew(query: ShopQuery, inventoryItemId: string, locationId: string): Promise<void> {
    const at = this.now()
    const [usage] = await itemUsages(query, [inventoryItemId])
    if (usage) await this.recompute(usage, locationId, at)
  }

  private async recompute(usage: ItemUsage, locationId: string, at: Date): Promise<void> {
    const level = usage.levels.find((one) => one.locationId === locationId)
    const outlook = await this.stores.outlooks.get(usage.inventoryItemId, locationId)
    if (level && outlook && !usage.notAdvised) await this.stores.advice.recompute(advise(outlook, level.stock), at)
  }

  /** As the night does it, from the same rows. */
  private async redraw(usage: ItemUsage, locationId: string, own: OwnSettings): Promise<void> {
    const before = await this.stores.outlooks.get(usage.inventoryItemId, locationId)
    if (!before) return
    const uses = usage.uses.filter((use) => !use.notAdvised)
    const now = this.now()
    const day = dayInZone(now, this.timeZone)
    const forecasts = (await forecastsByHand(this.stores, uses.map((use) => use.variantId), day)).filter((forecast) => forecast.locationId === locationId)
    const [first] = forecasts
    if (!first) return
    const outlook = assembleOutlook({
      inventoryItemId: usage.inventoryItemId,
      locationId,
      day: day < first.firstDay ? first.firstDay : day,
      uses,
      forecasts,
      pattern: await this.patternOf(day),
      own,
      defaults: this.defaults,
      isStockAssumed: before.assumed.includes("openingStock"),
      draws: (this.draws ??= createPathDraws({ paths: OUTLOOK_PATHS, seed: DEFAULT_SEED })),
    })
    await this.stores.outlooks.upsert([outlook], now)
  }
}
