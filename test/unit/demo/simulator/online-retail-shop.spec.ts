import { OnlineRetailShop } from "../../../../demo/simulator"
import { importLine } from "../../../support/import-line"

describe("OnlineRetailShop", () => {
  const sale = (sku: string, description: string, day: string, quantity: number, unitPrice: number, customerRef: string | null = "17850") =>
    importLine({ sku, description, day, quantity, unitPrice, customerRef, currency: "gbp" })
  const shop = new OnlineRetailShop()
  shop.add(sale("A1", "WHITE  METAL LANTERN", "2011-01-01", 6, 3.39))
  shop.add(sale("A1", "WHITE METAL LANTERN", "2011-11-20", 24, 3.39, null))
  shop.add(sale("A1", "WHITE LANTERN", "2011-12-09", 24, 4, "13047"))
  shop.add(importLine({ sku: "A1", kind: "refund", day: "2011-12-10" }))
  for (let index = 0; index < 15; index += 1) shop.add(sale(`B${index}`, `TEA CUPS ${index}`, "2011-06-01", 1, 2))
  const made = shop.finish(4)

  it("takes the commonest description, the median price and the recent demand", () => {
    // Last 12 weeks: 24 + 24 units, 4 a week; 4 weeks of it: 16. Prices 3.39, 3.39, 4.
    expect(made?.products[0]).toEqual({ sku: "A1", title: "White Metal Lantern", handle: "white-metal-lantern-a1", price: 3.39, category: "other", openingStock: 16 })
  })
  it("opens without stock what has not sold lately", () => expect(made?.products[1]?.openingStock).toBe(0))
  it("groups by the last noun where enough share it", () => {
    expect(made?.categories.map(({ title }) => title)).toEqual(["Cup", "Other"])
    expect(made?.products[1]?.category).toBe("cup")
  })
  it("lists customers and the days of the sales, refunds aside", () => {
    expect(made?.customers.map(({ id, email }) => [id, email])).toEqual([
      ["13047", "customer-13047@example.com"],
      ["17850", "customer-17850@example.com"],
    ])
    expect(made).toMatchObject({ currency: "gbp", firstDay: "2011-01-01", lastDay: "2011-12-09" })
  })
  it("says what was assumed", () => expect(made?.assumed.join()).toContain("opening stock: 4 weeks"))
  it("is null without a sale", () => expect(new OnlineRetailShop().finish(4)).toBeNull())
})
