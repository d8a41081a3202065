import { bulkDetail, bulkOutliers } from "../../../../src/domain/cleaning/bulk-outliers"
import { exactDuplicates, type ComparableLine } from "../../../../src/domain/cleaning/exact-duplicates"
import { describeOnlineRetail, onlineRetailRecords } from "../../../support/online-retail-file"

/** InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice, CustomerID, Country */
type Line = [string, string, string, string, string, string, string, string]

describeOnlineRetail("the cleaning rules on UCI Online Retail", () => {
  const items = new Map<string, Map<number, number>>()
  const shop = new Map<number, number>()
  const invoices = new Map<string, ComparableLine[]>()
  let lines = 0
  let sales = 0

  beforeAll(async () => {
    const take = ([invoice, code, description, quantity, date, price, customer]: Line) => {
      lines += 1
      const units = Number(quantity)
      const sold = invoices.get(invoice) ?? []
      sold.push({ key: String(lines), orderId: invoice, name: "purchase", sku: `${code} ${description}`, quantity: units, unitPrice: Number(price), customer, at: Date.parse(date) })
      invoices.set(invoice, sold)
      if (units <= 0 || Number(price) <= 0) return
      sales += 1
      const item = items.get(code.toUpperCase()) ?? new Map<number, number>()
      items.set(code.toUpperCase(), item.set(units, (item.get(units) ?? 0) + 1))
      shop.set(units, (shop.get(units) ?? 0) + 1)
    }
    let isHeader = true
    for await (const records of onlineRetailRecords()) {
      for (const { fields } of records) {
        if (!isHeader) take(fields as Line)
        isHeader = false
      }
    }
  }, 180_000)

  // published by UCI, and counted in shared/data/README.md
  it("finds the 5,268 exact duplicates among 541,909 lines", () => {
    expect(lines).toBe(541_909)
    const found = (change: (line: ComparableLine) => ComparableLine) => [...invoices.values()].reduce((sum, sold) => sum + exactDuplicates(sold.map(change)).length, 0)
    expect(found((line) => line)).toBe(5268)
    // an event keeps no description: two more lines differ in nothing else
    expect(found((line) => ({ ...line, sku: line.sku?.split(" ")[0] ?? null }))).toBe(5270)
  })

  it("sets both orders of 80,995 and 74,215 units aside, and fewer than one in ten thousand lines", () => {
    const found = [...items].flatMap(([code, item]) => bulkOutliers(item, shop).map((quantity) => ({ code, quantity, lines: item.get(quantity) ?? 0 })))
    expect(found.sort((a, b) => b.quantity - a.quantity).slice(0, 2)).toEqual([
      { code: "23843", quantity: 80_995, lines: 1 },
      { code: "23166", quantity: 74_215, lines: 1 },
    ])
    const flagged = found.reduce((sum, one) => sum + one.lines, 0)
    expect(flagged).toBeLessThan(sales / 10_000)
    // the shop's large regular orders stay: 4,800 gliders, 4,300 popcorn holders, 3,186 hair slides
    expect(found.filter(({ code }) => ["84077", "22197", "18007"].includes(code))).toEqual([])
  })

  it("says what is usual", () => {
    expect(bulkDetail(74_215, items.get("23166") ?? new Map<number, number>(), shop)).toBe("74,215 units in one line; this item's lines are usually 1–48")
    expect(bulkDetail(80_995, items.get("23843") ?? new Map<number, number>(), shop)).toBe("80,995 units in one line; this shop's lines are usually 1–24")
  })
})
