import type { CartLine, CartStore } from "../../../../src/database/stores/cart-store"
import type { ShopEvent } from "../../../../src/domain/events"
import { Carts } from "../../../../src/modules/foresight/carts"
import type { ShopQuery } from "../../../../src/shop/shop-query"

const line = (variant: string, quantity: number) => ({ variant_id: variant, product_id: `p_${variant}`, quantity, unit_price: 5 })
const cart = (own: object = {}) => ({ customer_id: "cus_1", region_id: "reg_1", sales_channel_id: "sc_1", currency_code: "eur", completed_at: null, items: [line("a", 2)], ...own })

/** One cart of the shop, changed between two looks. */
function setUp({ whenRead = () => Promise.resolve() }: { whenRead?: () => Promise<void> } = {}) {
  const inserted: ShopEvent[] = []
  const owners: unknown[] = []
  const steps: string[] = []
  let held: readonly CartLine[] = []
  let now: ReturnType<typeof cart> | null = cart()
  const exchange: CartStore["exchange"] = async (_, look) => {
    steps.push("turn")
    const found = await look([...held])
    if (found) held = found.lines
    inserted.push(...(found?.events ?? []))
    return found?.events.length ?? 0
  }
  const people = { cartHas: async (_: ShopQuery, cartId: string, customerId: string | null) => void owners.push([cartId, customerId]) }
  const carts = new Carts({ exchange }, people, "Europe/Berlin", () => new Date("2026-03-01T23:30:00Z"), 2)
  const graph = async () => {
    steps.push("read")
    await whenRead()
    return { data: now ? [now] : [] }
  }
  return { carts, query: { graph } as unknown as ShopQuery, inserted, owners, steps, become: (next: typeof now) => (now = next) }
}

describe("Carts.updated()", () => {
  it("notes what was put in and taken out, with the cart's region, and whose cart it is", async () => {
    const { carts, query, inserted, owners, become } = setUp()
    await carts.updated(query, "cart_1")
    become(cart({ items: [line("a", 1), line("b", 3)] }))
    await carts.updated(query, "cart_1")
    expect(inserted.map(({ name, variantId, quantity, day, regionId }) => [name, variantId, quantity, day, regionId])).toEqual([
      ["add_to_cart", "a", 2, "2026-03-02", "reg_1"],
      ["remove_from_cart", "a", 1, "2026-03-02", "reg_1"],
      ["add_to_cart", "b", 3, "2026-03-02", "reg_1"],
    ])
    expect(owners).toEqual([["cart_1", "cus_1"], ["cart_1", "cus_1"]])
  })

  it("says nothing of a completed cart's lines, since its order speaks for them, nor of one that is gone", async () => {
    const { carts, query, inserted, owners, become } = setUp()
    become(cart({ completed_at: "2026-03-01T00:00:00Z" }))
    expect(await carts.updated(query, "cart_1")).toBe(0)
    become(null)
    expect(await carts.updated(query, "cart_1")).toBe(0)
    expect(inserted).toEqual([])
    expect(owners).toEqual([["cart_1", "cus_1"], ["cart_1", null]])
  })

  it("reads the cart only when its turn has come, so that an older look is never stored later", async () => {
    const { carts, query, steps } = setUp()
    await carts.updated(query, "cart_1")
    expect(steps).toEqual(["turn", "read"])
  })

  it("looks at so many carts at once, since each holds a connection while Medusa answers; the next one comes when one is done, or has failed", async () => {
    const answers: ((failed?: Error) => void)[] = []
    const { carts, query, steps } = setUp({ whenRead: () => new Promise((resolve, reject) => answers.push((failed) => (failed ? reject(failed) : resolve()))) })
    const looks = ["cart_1", "cart_2", "cart_3", "cart_4"].map((id) => carts.updated(query, id))
    const settled = Promise.allSettled(looks)
    const underWay = async () => {
      await new Promise((resolve) => setImmediate(resolve))
      return steps.filter((step) => step === "read").length
    }
    expect(await underWay()).toBe(2)
    answers.shift()!()
    expect(await underWay()).toBe(3)
    answers.shift()!(new Error("Medusa is away"))
    expect(await underWay()).toBe(4)
    for (const answer of answers) answer()
    expect((await settled).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"])
  })
})
