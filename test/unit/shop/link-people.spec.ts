import { linkCart, linkGuests, linkMovedOrders, type LinkDeps } from "../../../src/shop/link-people"

const people = [
  { id: "cus_guest", email: "ada@example.com", hasAccount: false },
  { id: "cus_ada", email: "Ada@example.com", hasAccount: true },
  { id: "cus_bob", email: "bob@example.com", hasAccount: true },
]

function setUp() {
  const links: unknown[] = []
  const deps: LinkDeps = {
    identities: { link: async (added) => links.push(...added) && added.length },
    reader: {
      customers: async (ids) => people.filter(({ id }) => ids.includes(id)),
      guestsByEmail: async (emails) => people.flatMap(({ id, email, hasAccount }) => (!hasAccount && emails.includes(email) ? [{ id, email }] : [])),
    },
    now: () => new Date("2026-03-01T00:00:00Z"),
  }
  return { deps, links }
}

describe("linkMovedOrders()", () => {
  it("takes a guest for the account that their order went to, and two accounts for two people", async () => {
    const { deps, links } = setUp()
    await linkMovedOrders(deps, [{ from: "cus_guest", to: "cus_ada" }, { from: "cus_ada", to: "cus_bob" }, { from: "cus_gone", to: "cus_bob" }])
    expect(links).toEqual([{ kind: "guest", id: "cus_guest", customerId: "cus_ada", via: "order_transfer" }])
  })
})

describe("linkCart()", () => {
  it("says whose a cart is once that is a customer with an account", async () => {
    const { deps, links } = setUp()
    expect(await linkCart(deps, "cart_1", "cus_guest")).toBe(0)
    expect(await linkCart(deps, "cart_1", "cus_ada")).toBe(1)
    expect(links).toEqual([{ kind: "cart", id: "cart_1", customerId: "cus_ada", via: "cart_customer" }])
  })
})

describe("linkGuests()", () => {
  it("takes the guest with the same email, in any case, for the one who registered", async () => {
    const { deps, links } = setUp()
    await linkGuests(deps, people)
    expect(links).toEqual([{ kind: "guest", id: "cus_guest", customerId: "cus_ada", via: "same_email" }])
  })

  it("asks nothing where nobody has an account", async () => {
    const { deps } = setUp()
    expect(await linkGuests({ ...deps, reader: { ...deps.reader, guestsByEmail: () => Promise.reject(new Error("asked")) } }, [people[0]!])).toBe(0)
  })
})
