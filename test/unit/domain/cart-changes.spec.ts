import { cartChanges } from "../../../src/domain/cart-changes"

const line = (variantId: string, quantity: number) => ({ variantId, productId: `prod_${variantId}`, quantity, unitPrice: 5 })

describe("cartChanges()", () => {
  it("sees what came, went and grew", () => {
    expect(cartChanges([line("a", 2), line("b", 1)], [line("a", 5), line("c", 1)])).toEqual([
      { name: "add_to_cart", variantId: "a", productId: "prod_a", quantity: 3, unitPrice: 5 },
      { name: "add_to_cart", variantId: "c", productId: "prod_c", quantity: 1, unitPrice: 5 },
      { name: "remove_from_cart", variantId: "b", productId: "prod_b", quantity: 1, unitPrice: 5 },
    ])
  })

  it("adds up lines of the same variant (another price, another note)", () => {
    expect(cartChanges([line("a", 3)], [line("a", 1), line("a", 2)])).toEqual([])
  })

  it("says nothing of an unchanged or an empty cart", () => {
    expect(cartChanges([line("a", 1)], [line("a", 1)])).toEqual([])
    expect(cartChanges([], [])).toEqual([])
  })
})
