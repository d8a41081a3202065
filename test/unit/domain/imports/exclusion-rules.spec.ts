import { exclusionReason } from "../../../../src/domain/imports/exclusion-rules"
import { importLine } from "../../../support/import-line"

const retail = { format: "online_retail", knowsSku: null } as const
const orders = { format: "orders", knowsSku: (sku: string) => sku === "A1" } as const

describe("exclusionReason()", () => {
  it("lets an ordinary sale and a refund count", () => {
    expect(exclusionReason(importLine({}), orders)).toBeNull()
    expect(exclusionReason(importLine({ kind: "refund" }), orders)).toBeNull()
  })
  it.each(["POST", "D", "M", "m", "DOT", "BANK CHARGES", "AMAZONFEE", "CRUK", "PADS", "S", "B", "C2", "gift_0001_20"])("knows that Online Retail's %s is no product", (sku) =>
    expect(exclusionReason(importLine({ sku }), retail)).toBe("non_product")
  )
  it.each(["85123A", "DCGSSBOY", "22423"])("keeps Online Retail's product %s", (sku) => expect(exclusionReason(importLine({ sku }), retail)).toBeNull())
  it("does not apply Online Retail's codes to other shops, where M may be a size", () =>
    expect(exclusionReason(importLine({ sku: "M" }), { ...orders, knowsSku: null })).toBeNull())
  it.each([{ sku: "TEST001" }, { orderId: "test-7" }, { status: "test" }])("knows a test order by %j", (change) => expect(exclusionReason(importLine(change), orders)).toBe("test_order"))
  it.each([{ orderId: "testament-9" }, { sku: "TESTER KIT" }])("does not take %j for a test", (change) =>
    expect(exclusionReason(importLine(change), { ...orders, knowsSku: null })).toBeNull()
  )
  it.each(["canceled", "cancelled"])("excludes the status %s", (status) => expect(exclusionReason(importLine({ status }), orders)).toBe("canceled_order"))
  it("excludes quantities and prices that are not positive, but not a sale paid by a voucher", () => {
    expect(exclusionReason(importLine({ quantity: 0 }), orders)).toBe("non_positive_quantity")
    expect(exclusionReason(importLine({ quantity: -3, listPrice: 0 }), retail)).toBe("non_positive_quantity")
    expect(exclusionReason(importLine({ unitPrice: 0, listPrice: 0 }), orders)).toBe("non_positive_price")
    expect(exclusionReason(importLine({ unitPrice: 0, listPrice: 5 }), orders)).toBeNull()
  })
  it("holds an unknown SKU", () => expect(exclusionReason(importLine({ sku: "B2" }), orders)).toBe("unknown_sku"))
})
