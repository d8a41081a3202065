import type { Stores } from "../src/database/stores"
import type { AdviceRow } from "../src/database/stores/advice-store"
import type { StoredForecast } from "../src/database/stores/forecast-store"
import { addDays, type Day } from "../src/domain/day"
import { createPathDraws, weekdayProfile, type PathDraws } from "../src/domain/demand"
import { ForesightError } from "../src/domain/errors"
import { advise } from "../src/domain/replenishment/advise"
import { drawOutlook, OUTLOOK_PATHS } from "../src/domain/replenishment/demand-outlook"
import { mergeSettings } from "../src/domain/replenishment/replenishment-settings"
import type { DemandOutlook, ReplenishmentSettings } from "../src/domain/replenishment/types"
import type { ShopInventoryItem, ShopReader, ShopStockLevel, ShopVariant } from "../src/shop/shop-reader"
import { throwIfStopped, type ActivityContext } from "./activity-context"

const ITEMS_A_PAGE = 100
/** Days of sales behind the weekday profile and the look whether an item sells in parts of a unit. */
const PROFILE_DAYS = 182

export interface AdviceActivityDeps {
  stores: Pick<Stores, "forecasts" | "demand" | "settings" | "outlooks" | "advice">
  reader: ShopReader
  defaults: ReplenishmentSettings
  seed: number
  today: () => Day
  now: () => Date
  context: () => ActivityContext
}

/** What all items of a run share. */
interface Shared {
  profile: number[]
  /** Variants that were sold in parts of a unit. */
  decimal: Set<string>
}

export const createAdviceActivities = ({ stores, reader, defaults, seed, today, now, context }: AdviceActivityDeps) => {
  let draws: PathDraws | undefined
  let sharedOf: { day: Day; shared: Promise<Shared> } | undefined

  const shared = (day: Day): Promise<Shared> => {
    if (sharedOf?.day !== day) {
      const read = stores.demand.rowsForPanel({ fromDay: addDays(day, -PROFILE_DAYS), toDay: addDays(day, -1) }).then((rows) => ({
        profile: weekdayProfile(rows),
        decimal: new Set(rows.filter(({ units }) => !Number.isInteger(units)).map(({ variantId }) => variantId)),
      }))
      sharedOf = { day, shared: read }
      read.catch(() => (sharedOf = undefined)) // the next page asks again
    }
    return sharedOf.shared
  }

  return {
    /** Draws futures and writes advice for the next page of inventory items at all their locations. Safe to retry: item and location key the rows. */
    async adviseNextItems({ cursor, startedAt = now().toISOString() }: { cursor?: string; startedAt?: string }): Promise<{ advised: number; skipped: number; startedAt: string; nextCursor?: string }> {
      const current = context()
      const day = today()
      const page = await reader.inventoryItemsPage(cursor ?? null, ITEMS_A_PAGE)
      const ids = page.rows.map(({ id }) => id)
      const computedAt = now() // before levels are read: a change of stock from then on is newer
      const variants = new Map((await reader.variantsOf(page.rows.flatMap(({ uses }) => uses.map(({ variantId }) => variantId)))).map((variant) => [variant.id, variant]))
      const [levels, forecasts, own, frame, { profile, decimal }] = await Promise.all([
        reader.levelsOf(ids),
        stores.forecasts.ofVariants([...variants.keys()]),
        stores.settings.of(ids),
        reader.frame(),
        shared(day),
      ])
      const names = new Map(frame.locations.map(({ id, name }) => [id, name]))
      const settingsOf = new Map(own.map(({ inventoryItemId, locationId, settings }) => [`${inventoryItemId} ${locationId}`, settings]))
      const forecastOf = new Map(forecasts.map((forecast) => [`${forecast.variantId} ${forecast.locationId}`, forecast]))

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
          const parts = uses.flatMap((use) => {
            const forecast = forecastOf.get(`${use.variantId} ${level.locationId}`)
            return forecast ? [{ ...use, forecast }] : []
          })
          try {
            if (uses.length === 0) {
              skipped += 1
              continue
            }
            const { settings, assumed } = mergeSettings(settingsOf.get(key) ?? null, defaults)
            const outlook = drawOutlook({
              inventoryItemId: item.id,
              locationId: level.locationId,
              day,
              forecastFrom: parts[0]?.forecast.firstDay ?? day,
              parts: parts.map(({ forecast, requiredQuantity }) => ({ forecast: asForecast(forecast), requiredQuantity, correlation: forecast.correlation })),
              weekdayProfile: profile,
              settings,
              assumed: level.isAssumed ? [...assumed, "openingStock"] : assumed,
              wholeUnits: uses.every(({ variantId, requiredQuantity }) => Number.isInteger(requiredQuantity) && !decimal.has(variantId)),
              modelVersionId: parts[0]?.forecast.modelVersionId ?? null,
              historyWeeks: parts.reduce((most, { forecast }) => Math.max(most, forecast.historyWeeks), 0),
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

function asForecast({ variantId, locationId, frequency, mean, quantiles }: StoredForecast) {
  if (frequency !== "week") throw new ForesightError("invalid_model", `the forecast of ${variantId} is per ${frequency}; expected week`)
  return { seriesId: `${variantId}@${locationId}`, mean: Float64Array.from(mean), quantiles: Float64Array.from(quantiles) }
}

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
