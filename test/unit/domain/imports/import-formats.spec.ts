import { ForesightError } from "../../../../src/domain/errors"
import { detectImportFormat } from "../../../../src/domain/imports/import-formats"

const split = (header: string) => header.split(",")

describe("detectImportFormat()", () => {
  it("knows our orders with customer_id, and where each column stands", () => {
    const header = detectImportFormat(split("order_id,ordered_at,customer_id,sku,quantity,unit_price,currency,location,colour"))
    expect(header.format).toBe("orders")
    expect(header.columns.get("sku")).toBe(3)
    expect(header.columns.get("location")).toBe(7)
    expect(header.ignored).toEqual(["colour"])
    expect(header.width).toBe(9)
  })
  it("takes email instead of customer_id, any order, any case, blanks and a byte order mark", () => {
    expect(detectImportFormat(split("\ufeffSKU, email ,quantity,currency,unit_price,Order_ID,ordered_at")).format).toBe("orders")
  })
  it("knows the UCI columns and our events", () => {
    expect(detectImportFormat(split("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country")).format).toBe("online_retail")
    expect(detectImportFormat(split("event_id,name,timestamp,visitor_id,sku")).format).toBe("events")
  })
  it("names the missing column and lists the accepted formats", () => {
    const refused = () => detectImportFormat(split("order_id,ordered_at,email,sku,quantity,currency"))
    expect(refused).toThrow("line 1 lacks the column unit_price of the format orders")
    expect(refused).toThrow("online_retail: InvoiceNo,StockCode")
    try {
      refused()
    } catch (error) {
      expect(error instanceof ForesightError && error.code).toBe("invalid_file")
    }
    expect(() => detectImportFormat(split("order_id,ordered_at,sku,quantity,unit_price,currency"))).toThrow("lacks the column customer_id|email")
  })
  it("refuses an unknown header, an empty one, a column given twice and UTF-16", () => {
    expect(() => detectImportFormat(["a", "b"])).toThrow("line 1 is no known header")
    expect(() => detectImportFormat([""])).toThrow("line 1 is empty")
    expect(() => detectImportFormat(split("event_id,name,timestamp,visitor_id,sku,SKU"))).toThrow('names the column "sku" twice')
    expect(() => detectImportFormat(["o\0r\0d\0e\0r\0_\0i\0d"])).toThrow("save the file as UTF-8")
  })
})
