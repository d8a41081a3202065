import type { GraphReader, Instant } from "./graph-reader"
import type { ShopCustomer, ShopReader } from "./shop-reader"

type PeopleReader = Pick<ShopReader, "customersByRef" | "existingCustomers" | "customers" | "emailsOf" | "customersChangedSince" | "guestsByEmail">

interface CustomerRow {
  id: string
  email: string | null
  has_account: boolean
  updated_at: Instant
}
const FIELDS = ["id", "email", "has_account", "updated_at"]

/** Who buys, as far as we have to know. */
export const peopleReader = (graph: GraphReader): PeopleReader => ({
  async customersByRef(refs) {
    const emails = new Map<string, string[]>()
    for (const ref of refs) if (ref.includes("@")) emails.set(ref.toLowerCase(), [...(emails.get(ref.toLowerCase()) ?? []), ref])
    const byId = await graph.byIds<CustomerRow>("customer", FIELDS, "id", refs.filter((ref) => !ref.includes("@")))
    const byEmail = await graph.byIds<CustomerRow>("customer", FIELDS, "email", [...emails.keys(), ...[...emails.values()].flat()])
    const found = new Map(byId.map(({ id }) => [id, { ref: id, customerId: id }]))
    for (const row of byEmail.sort((one, two) => Number(one.has_account) - Number(two.has_account))) {
      // registered customers come last and win
      for (const ref of emails.get(row.email?.toLowerCase() ?? "") ?? []) found.set(ref, { ref, customerId: row.id })
    }
    return [...found.values()]
  },

  async existingCustomers(ids) {
    if (ids.length === 0) return []
    // named, so that no default of a page can ever make a customer look deleted
    const rows = await graph.read<{ id: string }>("customer", ["id"], { id: [...ids] }, { take: ids.length })
    return rows.map(({ id }) => id)
  },

  async customers(ids) {
    return (await graph.byIds<CustomerRow>("customer", FIELDS, "id", ids)).map(toCustomer)
  },

  async emailsOf(customerIds) {
    const rows = await graph.withDeleted<CustomerRow>("customer", FIELDS, customerIds)
    return rows.flatMap(({ id, email }) => (email ? [{ id, email }] : []))
  },

  async customersChangedSince(cursor, limit) {
    const page = await graph.changes<CustomerRow>("customer", FIELDS, cursor, limit)
    return { ...page, rows: page.rows.map(toCustomer) }
  },

  async guestsByEmail(emails) {
    const rows = await graph.byIds<CustomerRow>("customer", FIELDS, "email", emails.flatMap((email) => [email, email.toLowerCase()]))
    return rows.flatMap(({ id, email, has_account }) => (has_account || !email ? [] : [{ id, email }]))
  },
})

const toCustomer = ({ id, email, has_account }: CustomerRow): ShopCustomer => ({ id, email, hasAccount: Boolean(has_account) })
