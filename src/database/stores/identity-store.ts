import type { DataSource } from "typeorm"
import { countChanged, rows } from "../query"

/** A cart or a guest (a customer without an account) who is one person with a customer. */
export interface IdentityLink {
  kind: "cart" | "guest"
  id: string
  customerId: string
  via: "cart_customer" | "order_transfer" | "same_email"
}

/** Who is who. Events are never rewritten: `interactions` and `recentOfCustomer` join them with these rows, `eraseCustomer` removes them. */
export interface IdentityStore {
  /** Remembers links; the latest one of a cart or guest holds. @returns links that are new or changed. */
  link(links: readonly IdentityLink[], at: Date): Promise<number>
  /** Links of one customer. */
  ofCustomer(customerId: string): Promise<IdentityLink[]>
}

/** Makes the identity store of an opened data source. */
export function createIdentityStore(dataSource: DataSource): IdentityStore {
  return {
    async link(links, at) {
      const distinct = [...new Map(links.map((link) => [`${link.kind} ${link.id}`, link])).values()]
      if (distinct.length === 0) return 0
      return countChanged(
        dataSource,
        `INSERT INTO foresight.identity AS kept (kind, id, customer_id, via, linked_at)
          SELECT l.kind, l.id, l.customer_id, l.via, $5::timestamptz FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS l(kind, id, customer_id, via) ORDER BY l.kind, l.id
          ON CONFLICT (kind, id) DO UPDATE SET customer_id = excluded.customer_id, via = excluded.via, linked_at = excluded.linked_at
          WHERE kept.customer_id <> excluded.customer_id AND kept.linked_at <= excluded.linked_at`,
        [...(["kind", "id", "customerId", "via"] as const).map((name) => distinct.map((link) => link[name])), at]
      )
    },

    ofCustomer: (customerId) =>
      rows<IdentityLink>(dataSource, `SELECT kind, id, customer_id AS "customerId", via FROM foresight.identity WHERE customer_id = $1 ORDER BY kind, id`, [customerId]),
  }
}
