import type { Stores } from "../src/database/stores"
import type { ShopReader } from "../src/shop/shop-reader"
import { throwIfStopped, type ActivityContext } from "./activity-context"

const CUSTOMERS_AT_ONCE = 500
/** Days that a cart not seen any more, and a failed import that nobody continued, are kept. */
const KEPT_DAYS = 30
const DAY_MS = 86_400_000

export interface ForgetDeps {
  stores: { events: Pick<Stores["events"], "customersPage" | "eraseCustomer">; carts: Pick<Stores["carts"], "forgetBefore">; imports: Pick<Stores["imports"], "forgetFailedBefore"> }
  reader: Pick<ShopReader, "existingCustomers">
  now: () => Date
}

/** Erases the customers that the shop has no more, since the event `customer.deleted` comes once at most, and removes old carts and the staged lines of old failed imports.
 * @returns customers erased. */
export async function forgetTheGone({ stores, reader, now }: ForgetDeps, context: ActivityContext, note: (details: unknown) => void): Promise<number> {
  const before = new Date(now().getTime() - KEPT_DAYS * DAY_MS)
  await stores.carts.forgetBefore(before)
  await stores.imports.forgetFailedBefore(before)
  let erased = 0
  for (let after: string | null = null; ; ) {
    throwIfStopped(context)
    note({ forgetting: after })
    const ids: string[] = await stores.events.customersPage({ after, limit: CUSTOMERS_AT_ONCE })
    const last = ids.at(-1)
    if (last === undefined) return erased
    const existing = new Set(await reader.existingCustomers(ids))
    for (const id of ids.filter((one) => !existing.has(one))) {
      await stores.events.eraseCustomer(id)
      erased += 1
    }
    after = last
  }
}
