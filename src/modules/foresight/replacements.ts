import { randomUUID } from "node:crypto"
import type { Stores } from "../../database/stores"
import type { VariantReplacement } from "../../database/stores/replacement-store"
import { dayInZone } from "../../domain/day"
import type { Replacement } from "../../domain/demand/replacements"
import { ForesightError } from "../../domain/errors"
import { itemTitle } from "../../domain/insight/item-title"
import { medusaShopReader } from "../../shop/medusa-shop-reader"
import type { ShopQuery } from "../../shop/shop-query"

/** How a variant is called. */
interface VariantLabels {
  title: string
  sku: string | null
}

/** A replacement with the names of both sides; `null` where the shop has the variant no more. */
export interface NamedReplacement extends VariantReplacement {
  variant: VariantLabels | null
  replacedVariant: VariantLabels | null
}

/** What a variant inherits, the nearest first, and who took its place. */
export interface ReplacementsAround {
  inheritsFrom: NamedReplacement[]
  replacedBy: NamedReplacement | null
}

/** Variants that took others' places: who said so, when, and until when. Forecasts follow in the next run. */
export class Replacements {
  constructor(
    private readonly stores: Pick<Stores, "replacements">,
    private readonly timeZone: string,
    private readonly now: () => Date,
    private readonly readerOf: (query: ShopQuery) => Pick<ReturnType<typeof medusaShopReader>, "variantsOf"> = medusaShopReader
  ) {}

  /** Lets one variant take another's place from a day on. What is replaced may be gone from the shop, as long as it was ever sold.
   * @throws ForesightError `not_found` for a variant nobody knows, `invalid_settings` for a day ahead, and as `checkReplacement` does. */
  async add(query: ShopQuery, wish: Replacement, by: string): Promise<NamedReplacement> {
    const today = dayInZone(this.now(), this.timeZone)
    if (wish.fromDay > today) throw new ForesightError("invalid_settings", `from_day is ${wish.fromDay}; expected ${today} or earlier`)
    const labels = await this.labelsOf(query, [wish.variantId, wish.replacedVariantId])
    if (!labels.has(wish.variantId)) throw new ForesightError("not_found", `Variant ${wish.variantId} was not found`)
    if (!labels.has(wish.replacedVariantId) && !(await this.stores.replacements.wasSold(wish.replacedVariantId))) {
      throw new ForesightError("not_found", `Variant ${wish.replacedVariantId} was not found, and was never sold`)
    }
    const replacement = { ...wish, id: randomUUID(), createdBy: by, createdAt: this.now() }
    await this.stores.replacements.add(replacement)
    return named({ ...replacement, endedBy: null, endedAt: null }, labels)
  }

  /** Ends one: in the next forecast run both stand for themselves again. @throws ForesightError `not_found` */
  async end(query: ShopQuery, id: string, by: string): Promise<NamedReplacement> {
    const ended = await this.stores.replacements.end(id, by, this.now())
    return named(ended, await this.labelsOf(query, [ended.variantId, ended.replacedVariantId]))
  }

  async list(
    query: ShopQuery,
    which: { isActive: boolean; variantId?: string | undefined; limit: number; offset: number }
  ): Promise<{ replacements: NamedReplacement[]; count: number }> {
    const { replacements, count } = await this.stores.replacements.list(which)
    return { replacements: await this.named(query, replacements), count }
  }

  /** From whom a variant inherits, the nearest first, and who took its place. */
  async around(query: ShopQuery, variantId: string): Promise<ReplacementsAround> {
    const held = await this.stores.replacements.active()
    const inherited: VariantReplacement[] = []
    for (let link = held.find((one) => one.variantId === variantId); link && !inherited.includes(link); ) {
      inherited.push(link)
      const replaced: string = link.replacedVariantId
      link = held.find((one) => one.variantId === replaced)
    }
    const next = held.find((one) => one.replacedVariantId === variantId)
    const all = await this.named(query, next ? [...inherited, next] : inherited)
    return { inheritsFrom: all.slice(0, inherited.length), replacedBy: all[inherited.length] ?? null }
  }

  private async named(query: ShopQuery, replacements: readonly VariantReplacement[]): Promise<NamedReplacement[]> {
    const labels = await this.labelsOf(query, [...new Set(replacements.flatMap((one) => [one.variantId, one.replacedVariantId]))])
    return replacements.map((one) => named(one, labels))
  }

  private async labelsOf(query: ShopQuery, ids: readonly string[]): Promise<Map<string, VariantLabels>> {
    if (ids.length === 0) return new Map()
    const variants = await this.readerOf(query).variantsOf(ids)
    return new Map(
      variants.map(({ id, title, productTitle, sku }) => [id, { title: itemTitle(productTitle, title), sku }])
    )
  }
}

function named(replacement: VariantReplacement, labels: ReadonlyMap<string, VariantLabels>): NamedReplacement {
  return { ...replacement, variant: labels.get(replacement.variantId) ?? null, replacedVariant: labels.get(replacement.replacedVariantId) ?? null }
}
