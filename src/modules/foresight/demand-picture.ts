import type { ShopQuery } from "../../shop/shop-query"
import type { Stores } from "../../database/stores"
import { withOverrides } from "../../database/forecasts-by-hand"
import type { DemandOverride } from "../../database/stores/demand-override-store"
import type { SeriesOutlook } from "../../database/stores/demand-series-store"
import { addDays, dayInZone } from "../../domain/day"
import type { Day } from "../../domain/day"
import { categoryNames } from "../../shop/category-names"

/** What is listed: everything, or the parts of it. */
export type DemandLevel = "shop" | "category" | "product" | "variant"

/** The one group of the level `shop`. */
const SHOP_ID = "all"
/** Products without a category. */
export const NO_CATEGORY = "none"
/** Weeks behind and ahead that a list compares. */
export const LIST_WEEKS = 4

/** A series with its forecast, what was set by hand applied. */
export interface PictureSeries extends SeriesOutlook {
  /** Number among all series: two never draw the same futures. */
  index: number
  overriddenBy: string[]
  /** The model's own expectation of each week. */
  modelMean: readonly number[]
}

/** Everything that is forecast, as of one forecast run and one state of what was set by hand. */
export interface DemandPicture {
  /** First day of the forecast; `null` while there is none. */
  firstDay: Day | null
  series: PictureSeries[]
  categories: ReadonlyMap<string, string>
  overrides: DemandOverride[]
  /** Units of each variant in the last four weeks, and in the four before. */
  soldLately: ReadonlyMap<string, number>
}

/** The group of a level that a series belongs to. */
export function groupOf(level: DemandLevel, { variantId, productId, categoryId }: Pick<SeriesOutlook, "variantId" | "productId" | "categoryId">): string {
  return level === "shop" ? SHOP_ID : level === "category" ? (categoryId ?? NO_CATEGORY) : level === "product" ? productId : variantId
}

/** Sales may be counted anew at any time: a picture older than this is read again, behind the answer. */
const STALE_MS = 60_000

/** Keeps the picture of the last forecast run in memory, so that a list of thousands of series costs no query. */
export class DemandPictures {
  private known: { stamp: string; readAt: number; picture: Promise<DemandPicture> } | undefined

  constructor(
    private readonly stores: Pick<Stores, "demandSeries" | "demandOverrides" | "demandWeeks">,
    private readonly timeZone: string,
    private readonly now: () => Date
  ) {}

  /** The picture of the newest run. A new run or a change by hand is waited for; newer sales alone are not. */
  async current(query: ShopQuery): Promise<DemandPicture> {
    const [series, overrides] = await Promise.all([this.stores.demandSeries.stamp(), this.stores.demandOverrides.stamp()])
    const stamp = `${series}|${overrides}|${dayInZone(this.now(), this.timeZone)}`
    if (this.known?.stamp === stamp) {
      const { readAt, picture } = this.known
      if (this.now().getTime() - readAt >= STALE_MS) {
        this.known.readAt = this.now().getTime()
        this.read(query).then(
          (newer) => {
            if (this.known?.stamp === stamp) this.known.picture = Promise.resolve(newer)
          },
          () => undefined // what is known stands; the next reader tries again after a while
        )
      }
      return picture
    }
    const reading = { stamp, readAt: this.now().getTime(), picture: this.read(query) }
    this.known = reading
    reading.picture.catch(() => {
      if (this.known === reading) this.known = undefined
    })
    return reading.picture
  }

  private async read(query: ShopQuery): Promise<DemandPicture> {
    const today = dayInZone(this.now(), this.timeZone)
    const [outlooks, overrides] = await Promise.all([this.stores.demandSeries.outlooks(), this.stores.demandOverrides.active(today)])
    const firstDay = outlooks[0]?.firstDay ?? null
    const categoryIds = [...new Set(outlooks.flatMap(({ categoryId }) => categoryId ?? []))]
    const [categories, soldLately] = await Promise.all([
      categoryNames(query, categoryIds),
      firstDay ? this.stores.demandWeeks.soldByVariant({ fromDay: addDays(firstDay, -7 * LIST_WEEKS), toDay: addDays(firstDay, -1) }) : new Map<string, number>(),
    ])
    const series = withOverrides(outlooks, overrides).map((one, index) => ({ ...one, index, modelMean: outlooks[index]?.mean ?? [] }))
    return { firstDay, series, categories, overrides, soldLately }
  }
}
