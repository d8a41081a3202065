import type { Stores } from "../../database/stores"
import type { NewcomerRow } from "../../database/stores/newcomer-store"
import type { OwnSettings } from "../../database/stores/setting-store"
import { newcomerRate, newcomerTotal } from "../../domain/demand/newcomers"
import type { Band } from "../../domain/demand/sum-of-series"
import { describeNewcomer } from "../../domain/insight/describe-newcomer"
import { mergeSettings } from "../../domain/replenishment/replenishment-settings"
import type { ReplenishmentSettings } from "../../domain/replenishment/types"

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
    private readonly defaults: ReplenishmentSettings
  ) {}

  /** One page as the last forecast run saw it, the unsold first. @param locationId Whose settings hold for an item that has some of its own. */
  async page(which: Parameters<Stores["newcomers"]["page"]>[0], locationId: string | null): Promise<{ newcomers: ExpectedNewcomer[]; count: number }> {
    const { rows, count } = await this.stores.newcomers.page(which)
    const settings = await this.stores.settings.of(rows.flatMap(({ inventoryItemIds }) => inventoryItemIds))
    const own = new Map(settings.filter((one) => one.locationId === locationId).map((one) => [one.inventoryItemId, one.settings]))
    return { newcomers: rows.map((row) => this.expected(row, own)), count }
  }

  private expected({ mean, between, dispersion, inventoryItemIds, ...row }: NewcomerRow, own: ReadonlyMap<string, OwnSettings>): ExpectedNewcomer {
    const [item] = inventoryItemIds
    const { settings, assumed } = mergeSettings((inventoryItemIds.length === 1 && item !== undefined && own.get(item)) || null, this.defaults)
    const days = Math.round(settings.leadTimeDays) + Math.round(settings.reviewDays)
    const prior = { mean, between, dispersion }
    const perWeek = newcomerRate(prior)
    return {
      ...row,
      perWeek,
      firstOrder: { ...newcomerTotal(prior, days / DAYS_PER_WEEK), days, isOwn: !(assumed.includes("leadTimeDays") && assumed.includes("reviewDays")) },
      sentence: describeNewcomer({ ...row, ofTitle: row.ofTitle.map(({ title }) => title), perWeek }),
    }
  }
}
