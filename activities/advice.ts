import type { Stores } from "../src/database/stores"
import type { AdviceRow } from "../src/database/stores/advice-store"
import { forecastsByHand } from "../src/database/forecasts-by-hand"
import { createSalesPatterns } from "../src/database/sales-patterns"
import type { Day } from "../src/domain/day"
import { createPathDraws, type PathDraws } from "../src/domain/demand"
import { ForesightError } from "../src/domain/errors"
import { advise } from "../src/domain/replenishment/advise"
import { assembleOutlook } from "../src/domain/replenishment/assemble-outlook"
import { OUTLOOK_PATHS } from "../src/domain/replenishment/demand-outlook"
import type { DemandOutlook, ReplenishmentSettings } from "../src/domain/replenishment/types"
import type { ShopInventoryItem, ShopReader, ShopStockLevel, ShopVariant } from "../src/shop/shop-reader"
import { throwIfStopped, type ActivityContext } from "./activity-context"

const ITEMS_A_PAGE = 100

export interface AdviceActivityDeps {
  stores: Pick<Stores, "forecasts" | "demandOverrides" | "demand" | "stock" | "settings" | "outlooks" | "advice">
  reader: ShopReader
  defaults: ReplenishmentSettings
  seed: number
  today: () => Day
  now: () => Date
  context: () => ActivityContext
}

export const createAdviceActivities = ({ stores, reader, defaults, seed, today, now, context }: AdviceActivityDeps) => {
  let draws: PathDraws | undefined
  const patternOf = createSalesPatterns(stores, now)

  return {
    /** Draws futures and writes advice for the next page of inventory items at all their locations. Safe to retry: item and location key the rows. */
    async adviseNextItems({ cursor, startedAt = now().toISOString() }: { cursor?: string; startedAt?: string }): Promise<{ advised: number; skipped: number; startedAt: string; nextCursor?: string }> {
      const current = context()
      const day = today()
      const page = await reader.inventoryItemsPage(cursor ?? null, ITEMS_A_PAGE)
      const ids = page.rows.map(({ id }) => id)
      const computedAt = now() // before levels are read: a change of stock from then on is newer
      const variants = new Map((await reader.variantsOf(page.rows.flatMap(({ uses }) => uses.map(({ variantId }) => variantId)))).map((variant) => [variant.id, variant]))
      const [levels, forecasts, own, frame, pattern] = await Promise.all([
        reader.levelsOf(ids),
        forecastsByHand(stores, [...variants.keys()], day),
        stores.settings.of(ids),
        reader.frame(),
        patternOf(day),
      ])
      const names = new Map(frame.locations.map(({ id, name }) => [id, name]))
      const settingsOf = new Map(own.map(({ inventoryItemId, locationId, settings }) => [`${inventoryItemId} ${locationId}`, settings]))

      const outlooks: DemandOutlook[] = []
      const rows: AdviceRow[] = []
      let skipped = 0
      for (const item of page.rows) {
        const uses = item.uses.flatMap((use) => {
          const variant = variants.get(use.variantId)
          return variant && isAdvised(variant) ? [{ ...use, variant }] : []
        })
        for (const level of levels.filter(({ inventoryItemId }) => inventoryItemId === item.id)) {
          throwIfStopped(current)
          current.heartbeat({ item: item.id })
          const key = `${item.id} ${level.locationId}`
          try {
            if (uses.length === 0) {
              skipped += 1
              continue
            }
            const outlook = assembleOutlook({
              inventoryItemId: item.id,
              locationId: level.locationId,
              day,
              uses,
              forecasts: forecasts.filter(({ locationId }) => locationId === level.locationId),
              pattern,
              own: settingsOf.get(key) ?? null,
              defaults,
              isStockAssumed: level.isAssumed,
              draws: (draws ??= createPathDraws({ paths: OUTLOOK_PATHS, seed })),
            })
            const advice = advise(outlook, stockOf(level))
            outlooks.push(outlook)
            rows.push({ advice, computedAt, ...labelsOf(item, uses.map(({ variant }) => variant)), locationName: names.get(level.locationId) ?? null })
          } catch (error) {
            if (!(error instanceof ForesightError)) throw error
            skipped += 1
            current.warn("no advice for an item", { inventoryItemId: item.id, locationId: level.locationId, code: error.code, message: error.message })
          }
          await new Promise((resolve) => setImmediate(resolve)) // other activities' heartbeats go out between two items
        }
      }
      await stores.outlooks.upsert(outlooks, computedAt)
      await stores.advice.upsert(rows)
      return { advised: rows.length, skipped, startedAt, ...(page.next && { nextCursor: page.next }) }
    },

    /** Removes advice of items and locations that a whole refresh, begun at `startedAt`, met no more. */
    async dropStaleAdvice({ startedAt }: { startedAt: string }): Promise<{ removed: number }> {
      const before = new Date(startedAt)
      await stores.outlooks.removeBefore(before)
      return { removed: await stores.advice.removeBefore(before) }
    },
  }
}
export type AdviceActivities = ReturnType<typeof createAdviceActivities>

/** Nobody orders what is not stocked, not sold, or a gift card. Backorderable variants are ordered like all others: their stock may stand below zero. */
const isAdvised = ({ manageInventory, isGiftCard, isPublished }: ShopVariant) => manageInventory && !isGiftCard && isPublished

const stockOf = ({ stocked, reserved, incoming }: ShopStockLevel) => ({ onHand: stocked, reserved, incoming })

/** What a list shows of the item: its own title, else that of the first variant that uses it. */
function labelsOf(item: ShopInventoryItem, variants: readonly ShopVariant[]) {
  const [first] = variants
  const ofVariant = first && (first.title === first.productTitle || /^default/i.test(first.title) ? first.productTitle : `${first.productTitle} – ${first.title}`)
  return {
    sku: item.sku ?? first?.sku ?? null,
    title: ofVariant ?? item.title ?? item.sku ?? item.id,
    thumbnail: item.thumbnail ?? first?.thumbnail ?? null,
    productIds: [...new Set(variants.map(({ productId }) => productId))],
  }
}
