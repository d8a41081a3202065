import { promotionReaches } from "../../../../src/domain/insight/promotion-reach"

const cup = { productId: "prod_cup", categoryIds: ["pcat_bath", "pcat_kitchen"] }
const off = (targets: { attribute: string; operator: string; values: string[] }[], targetType: string | null = "items") => ({ targetType, targets })

describe("promotionReaches()", () => {
  it("is for everything without targets, but for no product where it is off the shipping", () => {
    expect(promotionReaches(off([]), cup)).toBe(true)
    expect(promotionReaches(off([], "shipping_methods"), cup)).toBe(false)
  })
  it.each([
    ["items.product.id", "in", ["prod_cup", "prod_hat"], true],
    ["items.product.id", "in", ["prod_hat"], false],
    ["product_id", "eq", ["prod_cup"], true],
    ["items.product.id", "ne", ["prod_cup"], false],
    ["items.product.categories.id", "in", ["pcat_kitchen"], true],
    ["items.product.categories.id", "in", ["pcat_garden"], false],
    ["items.product.categories.id", "in", ["pcat_garden", "pcat_bath"], true],
    ["items.product.categories.id", "eq", ["pcat_kitchen"], false],
    ["items.product.categories.id", "eq", ["pcat_kitchen", "pcat_bath"], true],
    ["items.product.categories.id", "ne", ["pcat_kitchen"], false],
    ["items.product.categories.id", "ne", ["pcat_garden"], true],
    ["items.product.collection_id", "in", ["pcol_1"], null],
  ])("knows by %s %s %j: %s", (attribute, operator, values, reaches) => expect(promotionReaches(off([{ attribute, operator, values }]), cup)).toBe(reaches))
  it("needs all of several targets, and says so as soon as one fails", () => {
    const known = { attribute: "items.product.id", operator: "in", values: ["prod_hat"] }
    expect(promotionReaches(off([{ attribute: "items.product.tags.id", operator: "in", values: ["x"] }, known]), cup)).toBe(false)
  })
  it("is not for a product without a category where a category is asked for", () =>
    expect(promotionReaches(off([{ attribute: "items.product.categories.id", operator: "in", values: ["pcat_kitchen"] }]), { ...cup, categoryIds: [] })).toBe(false))
  it("is not for it either where it must equal one", () =>
    expect(promotionReaches(off([{ attribute: "items.product.categories.id", operator: "eq", values: ["pcat_kitchen"] }]), { ...cup, categoryIds: [] })).toBe(false))
})
