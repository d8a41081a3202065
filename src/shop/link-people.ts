import type { Stores } from "../database/stores"
import type { IdentityLink } from "../database/stores/identity-store"
import type { ShopCustomer, ShopReader } from "./shop-reader"

export interface LinkDeps {
  identities: Pick<Stores["identities"], "link">
  reader: Pick<ShopReader, "customers" | "guestsByEmail">
  now: () => Date
}

/** Orders that went from one customer to another: where a guest's went to an account, the two are one person; Medusa asked the guest's own mailbox. @returns links made. */
export async function linkMovedOrders({ identities, reader, now }: LinkDeps, moved: readonly { from: string; to: string }[]): Promise<number> {
  if (moved.length === 0) return 0
  const people = await accountsById(reader, moved.flatMap(({ from, to }) => [from, to]))
  const links = moved.flatMap(({ from, to }): IdentityLink[] =>
    people.get(from)?.hasAccount === false && people.get(to)?.hasAccount ? [{ kind: "guest", id: from, customerId: to, via: "order_transfer" }] : []
  )
  return identities.link(links, now())
}

/** A cart that belongs to a customer with an account: what its visitor looked at is theirs. A guest's cart says nothing yet. @returns links made. */
export async function linkCart({ identities, reader, now }: LinkDeps, cartId: string, customerId: string): Promise<number> {
  const [customer] = await reader.customers([customerId])
  return customer?.hasAccount ? identities.link([{ kind: "cart", id: cartId, customerId, via: "cart_customer" }], now()) : 0
}

/** Customers with an account are one person with the guest who gave the same email. @returns links made. */
export async function linkGuests({ identities, reader, now }: LinkDeps, customers: readonly ShopCustomer[]): Promise<number> {
  const accounts = new Map(customers.flatMap(({ id, email, hasAccount }) => (hasAccount && email ? [[email.toLowerCase(), id] as const] : [])))
  if (accounts.size === 0) return 0
  const guests = await reader.guestsByEmail([...accounts.keys()])
  const links = guests.flatMap(({ id, email }): IdentityLink[] => {
    const customerId = accounts.get(email.toLowerCase())
    return customerId ? [{ kind: "guest", id, customerId, via: "same_email" }] : []
  })
  return identities.link(links, now())
}

const accountsById = async (reader: LinkDeps["reader"], ids: readonly string[]) => new Map((await reader.customers([...new Set(ids)])).map((customer) => [customer.id, customer]))
