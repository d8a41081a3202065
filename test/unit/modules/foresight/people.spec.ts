import { People } from "../../../../src/modules/foresight/people"
import type { ShopQuery } from "../../../../src/shop/shop-query"

const customer = { id: "cus_ada", email: "ada@example.com", has_account: true }

/** A shop with one customer; counts what it is asked. */
function setUp(linkGuestsByEmail = true) {
  const links: unknown[] = []
  let asked = 0
  const query = {
    graph: async () => {
      asked += 1
      return { data: [customer, { ...customer, id: "cus_guest", has_account: false }] }
    },
  } as unknown as ShopQuery
  const identities = { link: async (added: readonly unknown[]) => links.push(...added) } as unknown as ConstructorParameters<typeof People>[0]
  return { people: new People(identities, { linkGuestsByEmail }, () => new Date()), query, links, asked: () => asked }
}

describe("People", () => {
  it("asks for a cart's customer once, and again when it is another one", async () => {
    const { people, query, links, asked } = setUp()
    await people.cartHas(query, "cart_1", null)
    await people.cartHas(query, "cart_1", "cus_ada")
    await people.cartHas(query, "cart_1", "cus_ada")
    expect(asked()).toBe(1)
    await people.cartHas(query, "cart_1", "cus_other")
    expect(asked()).toBe(2)
    expect(links[0]).toEqual({ kind: "cart", id: "cart_1", customerId: "cus_ada", via: "cart_customer" })
  })

  it("takes a new customer for the guest with the same email, unless the shop does not want it", async () => {
    const { people, query, links } = setUp()
    await people.registered(query, "cus_ada")
    expect(links).toEqual([{ kind: "guest", id: "cus_guest", customerId: "cus_ada", via: "same_email" }])
    const off = setUp(false)
    await off.people.registered(off.query, "cus_ada")
    expect(off.asked()).toBe(0)
  })
})
