import type { ImportLine } from "../domain/imports/import-line"
import type { ShopReader } from "../shop/shop-reader"

/** Most SKUs that a dry run remembers and looks up. */
const MOST = 20_000
const AT_ONCE = 1_000
const TOLD = 20

/** The first different SKUs of a file, to be looked up in the shop at its end. */
export class SkuSample {
  private readonly skus = new Set<string>()

  get isEmpty(): boolean {
    return this.skus.size === 0
  }

  see({ sku }: Pick<ImportLine, "sku">): void {
    if (sku !== null && this.skus.size < MOST) this.skus.add(sku)
  }

  /** How many of them the shop does not have; those that name a product by its handle or external id are known too. */
  async check(reader: Pick<ShopReader, "variantsBySku" | "productsByHandle">): Promise<{ checked: number; unknown: number; sample: string[] }> {
    const skus = [...this.skus]
    const unknown: string[] = []
    for (let at = 0; at < skus.length; at += AT_ONCE) {
      const some = skus.slice(at, at + AT_ONCE)
      const variants = new Set((await reader.variantsBySku(some)).map(({ sku }) => sku))
      const left = some.filter((sku) => !variants.has(sku))
      const products = new Set((await reader.productsByHandle(left)).map(({ handle }) => handle))
      unknown.push(...left.filter((sku) => !products.has(sku)))
    }
    return { checked: skus.length, unknown: unknown.length, sample: unknown.slice(0, TOLD) }
  }
}
