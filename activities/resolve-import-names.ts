import type { Stores } from "../src/database/stores"
import type { NameKind, ResolvedName } from "../src/database/stores/staging-store"
import type { ShopFrame, ShopReader } from "../src/shop/shop-reader"

/** Names of the file that no place of the shop has: their lines went to the default. */
export interface UnknownPlaces {
  unknownLocations: string[]
  unknownSalesChannels: string[]
}

/** Names asked of the shop at once. */
const NAMES_AT_ONCE = 1_000
/** Names in memory. */
const NAMES_A_PAGE = 200_000

/** Looks up every distinct name of an import in the shop, once, and keeps the answers beside the staged lines; what the shop does not know is kept as well.
 * A retry goes on with the names that are left. */
export async function resolveImportNames(stores: Pick<Stores, "staging">, reader: ShopReader, importId: string, pulse: (kind: NameKind, names: number) => void): Promise<void> {
  const frame = await reader.frame()
  const asked: Record<NameKind, (names: readonly string[]) => Promise<ResolvedName[]>> = {
    sku: async (names) => (await reader.variantsBySku(names)).map(({ sku, variantId, productId }) => ({ name: sku, id: variantId, otherId: productId })),
    product: async (names) => (await reader.productsByHandle(names)).map(({ handle, productId, variantId }) => ({ name: handle, id: productId, otherId: variantId })),
    customer: async (names) => (await reader.customersByRef(names)).map(({ ref, customerId }) => ({ name: ref, id: customerId, otherId: null })),
    location: async (names) => placed(names, frame.locations),
    sales_channel: async (names) => placed(names, frame.salesChannels),
  }
  const resolve = async (kind: NameKind) => {
    for (let done = 0, full = true; full; ) {
      const unresolved = await stores.staging.unresolvedNames(importId, kind, NAMES_A_PAGE)
      full = unresolved.length === NAMES_A_PAGE
      for (let at = 0; at < unresolved.length; at += NAMES_AT_ONCE) {
        const names = unresolved.slice(at, at + NAMES_AT_ONCE)
        const found = new Map((await asked[kind](names)).map((one) => [one.name, one]))
        await stores.staging.saveNames(
          importId,
          kind,
          names.map((name) => found.get(name) ?? { name, id: null, otherId: null })
        )
        pulse(kind, (done += names.length))
      }
    }
  }
  const resolveOthers = async () => {
    await resolve("sku")
    // a look at all lines for each kind that the file lacks would take longer; meanwhile the shop answers for the customers
    for (const kind of await stores.staging.kindsNamed(importId)) if (kind !== "sku" && kind !== "customer") await resolve(kind)
  }
  // two side by side, since matching cancellations takes a connection meanwhile
  await Promise.all([resolve("customer"), resolveOthers()])
  await stores.staging.namesAreSaved(importId)
}

/** What `resolveImportNames()` could not place. */
export async function unknownPlaces(stores: Pick<Stores, "staging">, importId: string): Promise<UnknownPlaces> {
  const [unknownLocations, unknownSalesChannels] = await Promise.all([stores.staging.unknownNames(importId, "location"), stores.staging.unknownNames(importId, "sales_channel")])
  return { unknownLocations, unknownSalesChannels }
}

/** Places by name, without regard to case, or by id. */
function placed(names: readonly string[], places: ShopFrame["locations"]): ResolvedName[] {
  return names.map((name) => {
    const place = places.find((one) => one.id === name || one.name.toLowerCase() === name.toLowerCase())
    return { name, id: place?.id ?? null, otherId: null }
  })
}
