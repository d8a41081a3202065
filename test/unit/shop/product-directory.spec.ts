import { ProductDirectory } from "../../../src/shop/product-directory"
import type { ShopQuery } from "../../../src/shop/shop-query"

interface Product {
  id: string
  status: string
  sales_channels: { id: string }[]
  variants: { id: string; manage_inventory: boolean; allow_backorder: boolean }[]
}
const product = (id: string, channel = "sc_1", status = "published"): Product => ({ id, status, sales_channels: [{ id: channel }], variants: [{ id: `${id}_v`, manage_inventory: false, allow_backorder: false }] })

/** Medusa's query over a list of products, newest first; counts what it is asked. */
function shopOf(products: Product[]) {
  const asked: number[] = []
  const graph = ({ filters, pagination }: { filters: { id?: string[] }; pagination?: { take: number; skip: number } }) => {
    const found = filters.id ? products.filter(({ id }) => filters.id!.includes(id)) : products.filter(({ status }) => status === "published")
    asked.push(filters.id?.length ?? 0)
    return Promise.resolve({ data: pagination ? found.slice(pagination.skip, pagination.skip + pagination.take) : found })
  }
  return { query: { graph } as unknown as ShopQuery, asked }
}

describe("ProductDirectory", () => {
  it("asks Medusa once for what it knows and for what it does not", async () => {
    const { query, asked } = shopOf([product("a")])
    const directory = new ProductDirectory()
    expect(await directory.known(query, ["a", "x", "a"])).toEqual(new Set(["a"]))
    expect(await directory.known(query, ["x", "a"])).toEqual(new Set(["a"]))
    expect(asked).toEqual([2])
  })

  it("asks in pages of 200, and made-up ids push nothing out", async () => {
    const { query, asked } = shopOf([product("a")])
    const directory = new ProductDirectory()
    await directory.known(query, ["a"])
    await directory.known(query, Array.from({ length: 6_000 }, (_, index) => `x${index}`))
    expect(asked.slice(1)).toEqual(Array<number>(30).fill(200))
    await directory.known(query, ["a"])
    expect(asked).toHaveLength(31)
  })

  it("looks again when a product changed", async () => {
    const { query, asked } = shopOf([product("a")])
    const directory = new ProductDirectory()
    await directory.known(query, ["a"])
    directory.forget("a")
    await directory.known(query, ["a"])
    expect(asked).toEqual([1, 1])
  })

  it("knows what was remembered when asked, though it is forgotten while Medusa is asked for others", async () => {
    const directory = new ProductDirectory()
    const { query } = shopOf([product("a"), product("b"), product("c")])
    await directory.known(query, ["a"])
    const graph = (request: Parameters<ShopQuery["graph"]>[0]) => {
      directory.forget("a")
      return query.graph(request)
    }
    const forgetting = { graph } as unknown as ShopQuery
    expect(await directory.known(forgetting, ["a", "b"])).toEqual(new Set(["a", "b"]))
    await directory.known(query, ["a"])
    expect(await directory.buyable(forgetting, ["a", "c"], ["sc_1"], true)).toEqual(new Set(["a", "c"]))
  })

  it("sells only what is published in the caller's channels", async () => {
    const { query } = shopOf([product("a"), product("b", "sc_2"), product("c", "sc_1", "draft")])
    expect(await new ProductDirectory().buyable(query, ["a", "b", "c", "x"], ["sc_1"], true)).toEqual(new Set(["a"]))
  })

  it("finds the newest of a channel behind hundreds of another's", async () => {
    const { query } = shopOf([...Array.from({ length: 450 }, (_, index) => product(`other${index}`, "sc_2")), product("a"), product("b")])
    expect(await new ProductDirectory().newest(query, ["sc_1"])).toEqual(["a", "b"])
  })
})
