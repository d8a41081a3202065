import type { Stores } from "../database/stores"
import type { ShopReader } from "./shop-reader"

export interface ErasePersonDeps {
  events: Pick<Stores["events"], "eraseCustomer">
  reader: Pick<ShopReader, "emailsOf">
}

/** Erases a customer that the shop has deleted, also what was imported under their email before they became a customer. Safe to repeat. */
export async function erasePerson({ events, reader }: ErasePersonDeps, customerId: string): Promise<void> {
  const found = await reader.emailsOf([customerId])
  await events.eraseCustomer(customerId, found.map(({ email }) => email))
}
