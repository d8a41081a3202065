import type { Stores } from "../src/database/stores"
import { addDays, type Day } from "../src/domain/day"
import type { DemandPanel } from "../src/domain/demand"
import { newcomersOf } from "../src/domain/demand/newcomers"
import { seriesVariant } from "../src/domain/demand/series-place"
import { itemTitle, itemWords } from "../src/domain/insight/item-title"
import type { ShopReader, ShopVariant } from "../src/shop/shop-reader"
import { allPages } from "./all-pages"

const ROWS_AT_ONCE = 500
/** A variant that has not sold for longer is no newcomer. */
const NEW_DAYS = 56
/** Unsold variants that are looked at, the youngest: more of them are a catalogue that was moved, not new items. */
const MOST_UNSOLD = 2_000

/** Writes what each new variant may be expected to sell and from which others that is taken. Safe to retry: the variant keys the row.
 * @param note Called with each page that is read or written. */
export async function noteNewcomers(
  { stores, reader }: { stores: Pick<Stores, "newcomers" | "prices">; reader: Pick<ShopReader, "variantsOf" | "variantsCreatedSince"> },
  panel: DemandPanel,
  { firstDay, computedAt }: { firstDay: Day; computedAt: Date },
  note: () => void
): Promise<void> {
  const sold = new Set([...panel.series, ...(panel.retired ?? [])].map(({ seriesId }) => seriesVariant(seriesId)))
  const unsold = (await createdSince(reader, addDays(firstDay, -NEW_DAYS), note)).filter(({ id, isPublished, isGiftCard }) => isPublished && !isGiftCard && !sold.has(id)).slice(-MOST_UNSOLD)
  const prices = new Map((await stores.prices.asked(unsold.map(({ id }) => id))).map(({ variantId, amount }) => [variantId, amount]))
  const newcomers = newcomersOf(
    panel,
    unsold.map(({ id, categoryId, productTitle, title }) => ({ variantId: id, category: categoryId, title: itemWords(productTitle, title), price: prices.get(id) ?? null }))
  )
  for (let start = 0; start < newcomers.length; start += ROWS_AT_ONCE) {
    note()
    const page = newcomers.slice(start, start + ROWS_AT_ONCE)
    const ids = [...new Set(page.flatMap(({ variantId, ofTitle }) => [variantId, ...ofTitle]))]
    const variants = new Map((await reader.variantsOf(ids)).map((variant) => [variant.id, variant]))
    await stores.newcomers.upsert(
      page.flatMap(({ variantId, ofTitle, ...newcomer }) => {
        const variant = variants.get(variantId)
        if (!variant) return []
        const similar = ofTitle.flatMap((id) => variants.get(id) ?? []).map((one) => ({ variantId: one.id, ...labelsOf(one) }))
        const { productId, thumbnail, items, categoryId } = variant
        return [{ variantId, productId, thumbnail, ...labelsOf(variant), inventoryItemIds: items.map(({ inventoryItemId }) => inventoryItemId), hasCategory: categoryId !== null, ...newcomer, ofTitle: similar, computedAt }]
      })
    )
  }
  await stores.newcomers.removeBefore(computedAt)
}

const labelsOf = ({ productTitle, title, sku }: ShopVariant) => ({ title: itemTitle(productTitle, title), sku })

async function createdSince(reader: Pick<ShopReader, "variantsCreatedSince">, day: Day, note: () => void): Promise<ShopVariant[]> {
  const found: ShopVariant[] = []
  for await (const page of allPages((after) => reader.variantsCreatedSince(new Date(`${day}T00:00:00Z`), after, ROWS_AT_ONCE))) {
    note()
    found.push(...page)
  }
  return found
}
