import { pseudonymOf } from "../src/database/pseudonym"
import type { Stores } from "../src/database/stores"
import { BULK_FLOOR, bulkDetail, bulkOutliers, type LineQuantities } from "../src/domain/cleaning/bulk-outliers"
import { exactDuplicates } from "../src/domain/cleaning/exact-duplicates"
import { testCustomerReason, type TestOrderSettings } from "../src/domain/cleaning/test-orders"
import { addDays, type Day } from "../src/domain/day"
import type { ExclusionReason } from "../src/domain/events"
import type { ShopReader } from "../src/shop/shop-reader"
import { throwIfStopped, withHeartbeats, type ActivityContext } from "./activity-context"

/** Sales older than the longest panel say nothing about a forecast. */
const HISTORY_DAYS = 7 * 156
const DAYS_AT_ONCE = 31
const VARIANTS_AT_ONCE = 5_000
const CUSTOMERS_AT_ONCE = 500
/** Days whose arrivals are counted again each night: a browser's offline queue is that old at most. */
const LATE_DAYS = 31
/** Days for which stock within the day is kept. */
const STOCK_NOTES_DAYS = 35
const DAY_MS = 86_400_000

export interface CleaningActivityDeps {
  stores: Pick<Stores, "cleaning" | "cleaningSettings" | "exclusions" | "arrivals" | "stock"> & { events: Pick<Stores["events"], "customersPage"> }
  reader: Pick<ShopReader, "customers">
  /** Today in the shop's time zone. */
  today: () => Day
  now: () => Date
  context: () => ActivityContext
}

/** Lines that a judgement set aside, or let count again. */
export interface Judged {
  duplicates: number
  tests: number
  bulk: number
  restored: number
}

type Beat = () => void

export const createCleaningActivities = ({ stores, reader, today, now, context }: CleaningActivityDeps) => {
  const { cleaning, exclusions } = stores
  const chunks = <Item>(items: readonly Item[], size: number) =>
    Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))
  const asLines = (keys: readonly { day: Day; eventId: string }[], reason: ExclusionReason, detail: string | null) =>
    keys.map(({ day, eventId }) => ({ day, eventId, reason, detail, importId: null }))

  /** Repeats are noted, and set aside where the shop wants it so. */
  const judgeDuplicates = async (days: readonly Day[], areSetAside: boolean, beat: Beat) => {
    let found = 0
    for (const some of chunks(days, DAYS_AT_ONCE)) {
      beat()
      const lines = await cleaning.repeatedLines(some)
      const repeats = new Set(exactDuplicates(lines))
      const duplicates = asLines(lines.filter(({ key }) => repeats.has(key)), "duplicate", "the same line stands in the same order once more")
      found += areSetAside ? await exclusions.exclude(duplicates) : await exclusions.note(duplicates)
    }
    return found
  }

  /** Why each of these customers is a test; the others are left out. */
  const testCustomers = async (ids: readonly string[], settings: TestOrderSettings, beat: Beat) => {
    const reasons = new Map<string, string>()
    for (const some of chunks(ids, CUSTOMERS_AT_ONCE)) {
      beat()
      for (const { id, email } of await reader.customers(some)) {
        const reason = testCustomerReason(email, settings)
        if (reason) reasons.set(id, reason)
      }
    }
    return reasons
  }

  const allCustomers = async (beat: Beat) => {
    const ids: string[] = []
    for (let after: string | null = null; ; ) {
      beat()
      const page: string[] = await stores.events.customersPage({ after, limit: 10 * CUSTOMERS_AT_ONCE })
      const last = page.at(-1)
      if (last === undefined) return ids
      ids.push(...page)
      after = last
    }
  }

  const judgeTests = async (settings: TestOrderSettings, days: readonly Day[] | null, beat: Beat) => {
    const hasPeople = settings.emails.length + settings.emailDomains.length > 0
    if (days && !hasPeople && settings.skus.length === 0) return { tests: 0, restored: 0 }
    const candidates = !hasPeople ? [] : days ? await cleaning.customersOf(days) : await allCustomers(beat)
    const reasons = await testCustomers(candidates, settings, beat)
    const which = { customerIds: [...reasons.keys()], visitorIds: settings.emails.map(pseudonymOf), skus: settings.skus }
    const lines = await cleaning.testLines(which, days ?? undefined)
    const skus = new Set(settings.skus.map((sku) => sku.toLowerCase()))
    const reasonOf = ({ customerId, sku }: { customerId: string | null; sku: string | null }) =>
      reasons.get(customerId ?? "") ?? `the ${sku && skus.has(sku.toLowerCase()) ? "SKU" : "email address"} is on the list of test orders`
    const tests = await exclusions.exclude(lines.flatMap((line) => asLines([line], "test_order", reasonOf(line))))
    return { tests, restored: days ? 0 : await exclusions.withdraw(await cleaning.formerTestLines(which)) }
  }

  /** Judges all lines of the variants sold on these days: what is usual depends on all of them. */
  const judgeBulk = async (days: readonly Day[], beat: Beat) => {
    const sinceDay = addDays(today(), -HISTORY_DAYS)
    let shop: LineQuantities | undefined
    let bulk = 0
    let restored = 0
    for (const variantIds of chunks(await cleaning.variantsSold(days), VARIANTS_AT_ONCE)) {
      beat()
      const items = await cleaning.quantitiesOf(variantIds, sinceDay, BULK_FLOOR)
      if (items.size === 0) continue
      const usual = (shop ??= await cleaning.quantitiesOfShop(sinceDay))
      const outliers = new Map<string, ReadonlySet<number>>()
      for (const [variantId, item] of items) {
        const quantities = bulkOutliers(item, usual)
        if (quantities.length > 0) outliers.set(variantId, new Set(quantities))
      }
      const lines = await cleaning.salesOf(outliers, sinceDay)
      bulk += await exclusions.exclude(lines.flatMap((line) => asLines([line], "bulk_outlier", bulkDetail(line.quantity, items.get(line.variantId) ?? usual, usual))))
      const held = await cleaning.bulkLinesOf(variantIds, sinceDay)
      restored += await exclusions.withdraw(held.filter(({ variantId, quantity }) => !outliers.get(variantId)?.has(quantity)))
    }
    return { bulk, restored }
  }

  return {
    /** Applies the rules that have to see other lines (repeats, test orders of the settings, bulk outliers) to the days counted or changed since the last
     * time, or to all where the settings changed. Comes before the recount, which it gives the days. Lines that a user decided about stay as they are.
     * Safe to repeat. */
    async judgeLines(): Promise<Judged & { days: number }> {
      const current = context()
      return withHeartbeats(current, async (note) => {
        const beat = () => {
          throwIfStopped(current)
          note({ stage: "judging" })
        }
        const settings = await stores.cleaningSettings.get()
        const { noteIds, days } = await cleaning.unjudged()
        let restored = 0
        let tests = 0
        if (settings.isWaiting) {
          await exclusions.settleDuplicates(settings.duplicatesAreSetAside)
          const all = await judgeTests(settings.testOrders, null, beat)
          tests += all.tests
          restored += all.restored
        } else if (days.length > 0) tests += (await judgeTests(settings.testOrders, days, beat)).tests
        const duplicates = await judgeDuplicates(days, settings.duplicatesAreSetAside, beat)
        const bulk = days.length > 0 ? await judgeBulk(days, beat) : { bulk: 0, restored: 0 }
        await cleaning.markJudged(noteIds)
        if (settings.isWaiting && settings.changedAt) await stores.cleaningSettings.markApplied(settings.changedAt)
        return { days: days.length, duplicates, tests, bulk: bulk.bulk, restored: restored + bulk.restored }
      })
    },

    /** Counts the last weeks' events per day, source and name for the page "Data", with what came late, and drops stock within the day that nothing is
     * worked out from any more. */
    async countArrivals(): Promise<{ days: number }> {
      const current = context()
      return withHeartbeats(current, async (note) => {
        const days = Array.from({ length: LATE_DAYS }, (_, back) => addDays(today(), -1 - back))
        for (const some of chunks(days, 7)) {
          throwIfStopped(current)
          note({ counting: some[0] })
          await stores.arrivals.recount(some)
        }
        await stores.stock.forgetNotesBefore(new Date(now().getTime() - STOCK_NOTES_DAYS * DAY_MS))
        return { days: days.length }
      })
    },
  }
}
export type CleaningActivities = ReturnType<typeof createCleaningActivities>
