import { salesColumns } from "../../../src/sales/sales-columns"

const header = ["Quantity", " date ", "item_id", "promo", "price"]

describe("salesColumns()", () => {
  it("finds columns in any order, whatever their capitals", () => {
    expect(salesColumns("s.csv", header, ["Promo"], [])).toMatchObject({ width: 5, quantity: 0, date: 1, itemId: 2, price: 4, inStock: -1, locationId: -1, category: -1, known: [3], statics: [] })
  })
  it("lets a price be known in advance", () => expect(salesColumns("s.csv", header, ["price"], []).known).toEqual([4]))
  it.each([
    ["a missing column", ["item_id", "day", "quantity"], [], "s.csv line 1: no column date; found item_id, day, quantity; expected item_id, date, quantity and, where present, price"],
    ["a doubled column", ["item_id", "date", "quantity", "Date"], [], 's.csv line 1: column "date" stands twice'],
    ["a known column that is not there", header, ["holiday"], '--known "holiday" is no column of s.csv; expected one of promo, price'],
    ["a known column with its own meaning", header, ["date"], '--known "date" has its own meaning'],
  ])("names %s", (_, columns, known, message) => expect(() => salesColumns("s.csv", columns, known, [])).toThrow(message))
})
