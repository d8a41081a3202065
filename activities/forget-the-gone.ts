import { randomUUID } from "node:crypto"
import type { Stores } from "../src/database/stores"
import { erasePerson } from "../src/shop/erase-person"
import type { ShopReader } from "../src/shop/shop-reader"
import { throwIfStopped, type ActivityContext } from "./activity-context"

const CUSTOMERS_AT_ONCE = 500
/** Days that a cart not seen any more, a failed import that nobody continued, and the refused lines of an import are kept. */
const KEPT_DAYS = 30
const DAY_MS = 86_400_000
/** So many at once are believed in any shop. */
const ALWAYS_BELIEVED = 20

export interface ForgetDeps {
  stores: {
    events: Pick<Stores["events"], "customersPage" | "eraseCustomer">
    carts: Pick<Stores["carts"], "forgetBefore">
    imports: Pick<Stores["imports"], "forgetBefore">
    reconcile: Pick<Stores["reconcile"], "addReport">
  }
  reader: Pick<ShopReader, "existingCustomers" | "emailsOf">
  /** Largest share of the known customers that is erased at once. */
  maxShare: number
  now: () => Date
}

export interface Forgotten {
  erased: number
  /** Why nobody was erased although customers look gone; `null` otherwise. */
  refused: string | null
}

/**
 * Erases the customers that the shop has no more, since the event `customer.deleted` comes once at most, and removes old carts, the staged lines of old failed imports and the refused lines of old imports.
 * Erasing cannot be undone, so a shop's answer by which many customers are gone at once (a restored or wrong database) is not believed: nobody is erased then, and a report says what to do.
 */
export async function forgetTheGone({ stores, reader, maxShare, now }: ForgetDeps, context: ActivityContext, note: (details: unknown) => void): Promise<Forgotten> {
  const startedAt = now()
  const before = new Date(startedAt.getTime() - KEPT_DAYS * DAY_MS)
  await stores.carts.forgetBefore(before)
  await stores.imports.forgetBefore(before)
  const { gone, known } = await findGone({ stores, reader }, context, note)
  const most = Math.max(ALWAYS_BELIEVED, Math.floor(maxShare * known))
  if (gone.length > most) {
    const refused = `${gone.length} of ${known} customers look deleted, more than the ${most} that are believed at once: nobody was erased. Look whether the store's database is the right one; if they are gone indeed, raise erasure.maxShare for one night`
    context.warn(refused, { gone: gone.length, known, most })
    const setAside = [{ kind: "erasure", id: "customers", error: refused }]
    await stores.reconcile.addReport({ id: randomUUID(), kind: "erasure", startedAt, finishedAt: now(), walked: { customers: known }, healed: {}, setAside })
    return { erased: 0, refused }
  }
  for (const id of gone) {
    throwIfStopped(context)
    note({ erasing: id })
    await erasePerson({ events: stores.events, reader }, id)
  }
  return { erased: gone.length, refused: null }
}

/** Asks for every customer we know of whether the shop still has them. */
async function findGone({ stores, reader }: Pick<ForgetDeps, "stores" | "reader">, context: ActivityContext, note: (details: unknown) => void): Promise<{ gone: string[]; known: number }> {
  const gone: string[] = []
  let known = 0
  for (let after: string | null = null; ; ) {
    throwIfStopped(context)
    note({ forgetting: after })
    const ids: string[] = await stores.events.customersPage({ after, limit: CUSTOMERS_AT_ONCE })
    const last = ids.at(-1)
    if (last === undefined) return { gone, known }
    const existing = new Set(await reader.existingCustomers(ids))
    gone.push(...ids.filter((id) => !existing.has(id)))
    known += ids.length
    after = last
  }
}
