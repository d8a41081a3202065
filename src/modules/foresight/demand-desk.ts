import { LRUCache } from "lru-cache"
import type { Stores } from "../../database/stores"
import type { PriceResponseStore } from "../../database/stores/price-response-store"
import type { DemandClass } from "../../domain/demand/types"
import type { WhatIfAnswer, WhatIfQuestion } from "../../domain/demand/what-if"
import type { Day } from "../../domain/day"
import { ForesightError } from "../../domain/errors"
import type { ReplenishmentSettings } from "../../domain/replenishment/types"
import { medusaShopReader } from "../../shop/medusa-shop-reader"
import type { ShopFrame } from "../../shop/shop-reader"
import type { ShopQuery } from "../../shop/shop-query"
import type { AdviceDesk } from "./advice-desk"
import { demandDetail, type DemandDetail } from "./demand-detail"
import { DemandLists, labelsOf, pageOfLines, type DemandLine, type DemandOrder } from "./demand-list"
import { DemandOverrides } from "./demand-overrides"
import { demandWhatIf } from "./demand-what-if"
import { DemandPictures, groupOf, type DemandLevel, type DemandPicture, type PictureSeries } from "./demand-picture"
import { DemandReview } from "./demand-review"
import { plannedPromotionShare } from "./planned-promotions"

/** What several people look at is worked out once in so long, ms. */
const DETAIL_TTL_MS = 60_000
const MOST_DETAILS = 200

/** Which model made what is shown; `null`: a rule without training, or nothing yet. */
export interface DemandModelName {
  version: number
  algorithm: string
}

/** What will sell, how sure that is, how good it was, and what was odd: as the admin reads it. */
export class DemandDesk {
  readonly overrides: DemandOverrides
  readonly review: DemandReview
  private readonly pictures: DemandPictures
  private readonly lists = new DemandLists()
  private readonly details = new WeakMap<DemandPicture, LRUCache<string, Promise<DemandDetail>>>()

  constructor(
    private readonly stores: Stores,
    adviceDesk: AdviceDesk,
    private readonly defaults: ReplenishmentSettings,
    private readonly timeZone: string,
    private readonly now: () => Date
  ) {
    this.pictures = new DemandPictures(stores, timeZone, now)
    this.overrides = new DemandOverrides(stores, adviceDesk, timeZone, now)
    this.review = new DemandReview(stores, timeZone, now)
  }

  /** One page of a level. */
  async list(
    query: ShopQuery,
    wanted: { level: DemandLevel; q?: string | undefined; demandClass?: DemandClass | undefined; order: DemandOrder; limit: number; offset: number }
  ): Promise<{ lines: DemandLine[]; count: number; firstDay: Day | null; total: number; model: DemandModelName | null }> {
    const [picture, model] = await Promise.all([this.pictures.current(query), this.model()])
    const lines = await (/uncertainty$/.test(wanted.order) ? this.lists.drawn(picture, wanted.level) : this.lists.of(picture, wanted.level))
    return { ...pageOfLines(lines, wanted), firstDay: picture.firstDay, total: picture.series.length, model }
  }

  /** One group in full. @throws ForesightError `not_found` where nothing of it is forecast. */
  async detail(
    query: ShopQuery,
    { level, id, locationId }: { level: DemandLevel; id: string; locationId?: string | undefined }
  ): Promise<{ detail: DemandDetail; frame: ShopFrame; firstDay: Day | null; model: DemandModelName | null }> {
    const [picture, frame, model] = await Promise.all([this.pictures.current(query), this.frame(query), this.model()])
    const known = this.details.get(picture) ?? new LRUCache<string, Promise<DemandDetail>>({ max: MOST_DETAILS, ttl: DETAIL_TTL_MS })
    this.details.set(picture, known)
    const key = JSON.stringify([level, id, locationId, frame.defaultLocationId])
    const working = known.get(key) ?? this.workOut(picture, { level, id, locationId }, frame.defaultLocationId)
    known.set(key, working)
    working.catch(() => known.delete(key))
    return { detail: await working, frame, firstDay: picture.firstDay, model }
  }

  /** What the next weeks of a variant would sell with a change. @throws ForesightError `not_found` where nothing of it is forecast. */
  async whatIf(
    query: ShopQuery,
    { variantId, locationId, weeks, question }: { variantId: string; locationId?: string | undefined; weeks: number; question: WhatIfQuestion }
  ): Promise<{ answer: WhatIfAnswer; response: Awaited<ReturnType<PriceResponseStore["of"]>> }> {
    const [picture, response] = await Promise.all([this.pictures.current(query), this.stores.priceResponses.of(variantId)])
    const members = membersOf(picture, { level: "variant", id: variantId, locationId })
    const planned = "promotion" in question ? await plannedPromotionShare(this.stores, members, weeks, this.timeZone) : 0
    return { answer: demandWhatIf(members, weeks, question, response, planned), response }
  }

  /** Names of variants that are forecast, by id. */
  async variantNames(query: ShopQuery): Promise<ReadonlyMap<string, Pick<DemandLine, "title" | "sku">>> {
    const { series, categories } = await this.pictures.current(query)
    return new Map(series.map((one) => [one.variantId, labelsOf("variant", one.variantId, one, categories)]))
  }

  frame(query: ShopQuery): Promise<ShopFrame> {
    return medusaShopReader(query).frame()
  }

  private async workOut(
    picture: DemandPicture,
    place: { level: DemandLevel; id: string; locationId: string | undefined },
    defaultLocationId: string | null
  ): Promise<DemandDetail> {
    const members = membersOf(picture, place)
    return demandDetail({ stores: this.stores, defaults: this.defaults, timeZone: this.timeZone, now: this.now, defaultLocationId }, picture, place, members)
  }

  private async model(): Promise<DemandModelName | null> {
    const serving = await this.stores.modelVersions.serving("demand")
    return serving && { version: serving.version, algorithm: serving.algorithm }
  }
}

/** The series of a place. @throws ForesightError `not_found` where there is none. */
function membersOf({ series }: DemandPicture, { level, id, locationId }: { level: DemandLevel; id: string; locationId: string | undefined }): PictureSeries[] {
  const members = series.filter((one) => groupOf(level, one) === id && (locationId === undefined || one.locationId === locationId))
  if (members.length === 0) throw new ForesightError("not_found", `There is no forecast of ${level} ${id}${locationId === undefined ? "" : ` at location ${locationId}`}`)
  return members
}
