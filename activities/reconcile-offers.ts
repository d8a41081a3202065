import type { Stores } from "../src/database/stores"
import { linkGuests } from "../src/shop/link-people"
import type { OfferReader, ShopPrice, ShopPromotion, ShopReader } from "../src/shop/shop-reader"
import { throwIfStopped, type ActivityContext } from "./activity-context"
import type { WalkCursor, WalkStep } from "./walk-cursor"

const PRICES_A_PAGE = 1000
const PROMOTIONS_A_PAGE = 500
/** Price lists or campaigns: each may hold thousands of rows. */
const PERIODS_A_PAGE = 20
const CUSTOMERS_A_PAGE = 500
const IDS_AT_ONCE = 500

export interface OfferActivityDeps {
  stores: Pick<Stores, "prices" | "promotions" | "identities">
  reader: OfferReader & Pick<ShopReader, "customersChangedSince" | "customers" | "guestsByEmail">
  linkGuestsByEmail: boolean
  cursors: WalkCursor
  now: () => Date
  context: () => ActivityContext
}

/** A page of a walk: those changed since the last one, or, with `everyOne`, all of them by `cursor`. */
export interface WalkPage extends WalkStep {
  everyOne: boolean
  cursor?: string
}
/** What became of one page. */
export interface Walked {
  /** Rows read from the shop. */
  seen: number
  /** Rows of ours that are new or differ. */
  noted: number
  more: boolean
  nextCursor?: string
}

/** What the shop offers and to whom: prices over time, promotions ahead, guests who became customers. */
export const createOfferActivities = ({ stores, reader, linkGuestsByEmail, cursors, now, context }: OfferActivityDeps) => {
  /** Asks the shop for what we believe it has, page by page; what is missing is ended. */
  const endGone = async (store: { currentIds: Stores["prices"]["currentIds"] }, existing: (ids: readonly string[]) => Promise<string[]>, end: (ids: readonly string[]) => Promise<number>) => {
    let ended = 0
    for (let after: string | null = null; ; ) {
      throwIfStopped(context())
      context().heartbeat({ after })
      const ids: string[] = await store.currentIds({ after, limit: IDS_AT_ONCE })
      const last = ids.at(-1)
      if (last === undefined) return ended
      const there = new Set(await existing(ids))
      const gone = ids.filter((id) => !there.has(id))
      if (gone.length > 0) ended += await end(gone)
      after = last
    }
  }

  /**
   * A price list or campaign that moves changes what is said of its prices or promotions, and none of their own rows. Before the first walk there is nothing to move:
   * that one reads every price and promotion anyway.
   * @param readRows Reads the next rows of these lists or campaigns and notes them.
   */
  const followPeriods = async (
    walk: "price_lists" | "campaigns",
    step: WalkStep,
    changedSince: ShopReader["priceListsChangedSince"],
    readRows: (ids: readonly string[], after: string | null) => Promise<{ seen: number; noted: number; next: string | null }>
  ): Promise<Walked> => {
    const last = await cursors.begin(walk, { ...step, first: false })
    const page = await changedSince(await cursors.begin(walk, step), PERIODS_A_PAGE)
    // a walk begins a little before the last one's end; what that one ended with has been followed, however many prices it has
    const isNew = ({ id, updatedAt }: { id: string; updatedAt: Date }) => id !== last?.lastId || updatedAt.getTime() !== last.updatedAt.getTime()
    const ids = last ? page.rows.filter(isNew).map(({ id }) => id) : []
    let [seen, noted] = [0, 0]
    for (let after: string | null = null; ids.length > 0; ) {
      throwIfStopped(context())
      context().heartbeat({ [walk]: after })
      const rows = await readRows(ids, after)
      seen += rows.seen
      noted += rows.noted
      if (rows.next === null) break
      after = rows.next
    }
    await cursors.move(walk, step, page.cursor)
    return { seen, noted, more: page.more }
  }
  const both = (one: Walked, two: Walked): Walked => ({ seen: one.seen + two.seen, noted: one.noted + two.noted, more: one.more || two.more })

  return {
    /** Notes the prices that changed since the last walk, and those of price lists that did. With `everyOne` all of them, price lists that began, ended or were withdrawn among them, and ends those that are gone. */
    async reconcileNextPrices({ everyOne, cursor, ...step }: WalkPage): Promise<Walked> {
      context().heartbeat({ prices: cursor })
      const at = now()
      if (everyOne) {
        const page = await reader.pricesPage(cursor ?? null, PRICES_A_PAGE)
        let noted = await stores.prices.note(page.rows.map(toChange), at)
        if (page.next === null) noted += await endGone(stores.prices, reader.existingPrices, (ids) => stores.prices.end(ids, at))
        return { seen: page.rows.length, noted, more: page.next !== null, ...(page.next && { nextCursor: page.next }) }
      }
      const page = await reader.pricesChangedSince(await cursors.begin("prices", step), PRICES_A_PAGE)
      const noted = await stores.prices.note(page.rows.map(toChange), at)
      await cursors.move("prices", step, page.cursor)
      const ofLists = await followPeriods("price_lists", step, reader.priceListsChangedSince, async (ids, after) => {
        const { rows, next } = await reader.pricesOfLists(ids, after, PRICES_A_PAGE)
        return { seen: rows.length, noted: await stores.prices.note(rows.map(toChange), at), next }
      })
      return both({ seen: page.rows.length, noted, more: page.more }, ofLists)
    },

    /** Notes promotions with the periods of their campaigns: those that changed, and those whose campaign did; or with `everyOne` all of them, and removes those that are gone. */
    async reconcileNextPromotions({ everyOne, cursor, ...step }: WalkPage): Promise<Walked> {
      context().heartbeat({ promotions: cursor })
      const at = now()
      if (everyOne) {
        const page = await reader.promotionsPage(cursor ?? null, PROMOTIONS_A_PAGE)
        let noted = await stores.promotions.note(page.rows.map(toPeriod), at)
        if (page.next === null) noted += await endGone(stores.promotions, reader.existingPromotions, (ids) => stores.promotions.remove(ids, at))
        return { seen: page.rows.length, noted, more: page.next !== null, ...(page.next && { nextCursor: page.next }) }
      }
      const page = await reader.promotionsChangedSince(await cursors.begin("promotions", step), PROMOTIONS_A_PAGE)
      const noted = await stores.promotions.note(page.rows.map(toPeriod), at)
      await cursors.move("promotions", step, page.cursor)
      const ofCampaigns = await followPeriods("campaigns", step, reader.campaignsChangedSince, async (ids, after) => {
        const { rows, next } = await reader.promotionsOfCampaigns(ids, after, PROMOTIONS_A_PAGE)
        return { seen: rows.length, noted: await stores.promotions.note(rows.map(toPeriod), at), next }
      })
      return both({ seen: page.rows.length, noted, more: page.more }, ofCampaigns)
    },

    /** Links new customers with the guests they were, where `customer.created` was lost. */
    async reconcileNextCustomers(step: WalkStep): Promise<Walked> {
      context().heartbeat({ customers: step.first })
      if (!linkGuestsByEmail) return { seen: 0, noted: 0, more: false }
      const page = await reader.customersChangedSince(await cursors.begin("customers", step), CUSTOMERS_A_PAGE)
      const noted = await linkGuests({ identities: stores.identities, reader, now }, page.rows)
      await cursors.move("customers", step, page.cursor)
      return { seen: page.rows.length, noted, more: page.more }
    },
  }
}

const toChange = ({ id, ...price }: ShopPrice) => ({ priceId: id, ...price })
const toPeriod = ({ id, ...promotion }: ShopPromotion) => ({ promotionId: id, ...promotion })
