import { gzipSync } from "node:zlib"
import { parseFileChoices, readOptions } from "../../../src/imports/import-options"
import { readImport } from "../../../src/imports/import-reader"
import type { ImportLine, RefusedLine } from "../../../src/domain/imports/import-line"

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(content: string | Buffer, choices: Record<string, unknown> = {}, size = 7) {
  const options = readOptions("sales.csv", parseFileChoices(choices), { timeZone: "Europe/Berlin", now: new Date("2026-11-22T00:00:00Z"), isShifted: false })
  const { facts, batches } = await readImport(pieces(Buffer.from(content), size), options)
  const lines: ImportLine[] = []
  const refused: RefusedLine[] = []
  for await (const batch of batches) {
    lines.push(...batch.lines)
    refused.push(...batch.refused)
  }
  const { separator, decimal, dates, encoding, cut } = facts
  return { format: facts.header.format, separator, decimal, dates, encoding, cut, lines, refused }
}
const ORDERS = "order_id,ordered_at,customer_id,sku,quantity,unit_price,currency"

describe("readImport() on text that people have", () => {
  it("reads semicolons, decimal commas and day-first dates of a Windows-1252 file", async () => {
    const text = [ORDERS.replaceAll(",", ";"), "1;31.12.2025 14:05;Müller;TASSE;2;1.234,50;EUR", "2;01.02.2026;Groß;TASSE;1;12,5;EUR", ""].join("\r\n")
    const found = await read(Buffer.from(text, "latin1"))
    expect(found).toMatchObject({ format: "orders", separator: ";", decimal: "comma", dates: "dmy", encoding: "windows-1252", cut: null, refused: [] })
    expect(found.lines).toMatchObject([
      { customerRef: "Müller", unitPrice: 1234.5, day: "2025-12-31", occurredAt: new Date("2025-12-31T13:05:00Z") },
      { customerRef: "Groß", unitPrice: 12.5, day: "2026-02-01" },
    ])
  })

  it("reads UTF-16 with tabs", async () => {
    const text = `\ufeff${ORDERS.replaceAll(",", "\t")}\n1\t2026-01-05T10:00:00Z\tc\tCUP\t2\t5\teur\n`
    expect(await read(Buffer.from(text, "utf16le"))).toMatchObject({ encoding: "utf-16le", separator: "\t", lines: [{ orderId: "1" }], refused: [] })
  })

  it("refuses to guess between day and month first, and does as it is told", async () => {
    const text = `${ORDERS}\n1,03/04/2026,c,CUP,2,5,eur\n`
    await expect(read(text)).rejects.toMatchObject({ code: "invalid_file", message: 'sales.csv: dates such as "03/04/2026" can be read two ways; say --dates dmy (day first) or --dates mdy (month first)' })
    expect((await read(text, { dates: "dmy" })).lines[0]?.day).toBe("2026-04-03")
    expect((await read(text, { dates: "mdy" })).lines[0]?.day).toBe("2026-03-04")
  })

  it("finds the order of dates out however late one tells, and keeps every line before it", async () => {
    const early = Array.from({ length: 5000 }, (_, at) => `${at},1/2/2026 8:26,c,CUP,2,5,eur`)
    const found = await read([ORDERS, ...early, "x,1/13/2026 8:26 PM,c,CUP,2,5,eur"].join("\n"), {}, 4096)
    expect(found).toMatchObject({ dates: "mdy", refused: [] })
    expect(found.lines).toHaveLength(5001)
    expect(found.lines[0]?.day).toBe("2026-01-02")
    expect(found.lines.at(-1)?.occurredAt).toEqual(new Date("2026-01-13T19:26:00Z"))
  })

  it("takes columns by other names, whichever way round the pair is given", async () => {
    const text = `Order No,ordered_at,customer_id,Artikel,quantity,unit_price,currency\n7,2026-01-05T10:00:00Z,c,CUP,2,10,EUR\n`
    expect((await read(text, { map: ['order_id="Order No"', "Artikel=sku"] })).lines).toMatchObject([{ orderId: "7", sku: "CUP" }])
    await expect(read(text, { map: ["order_id=Order No", "sku=Artikul"] })).rejects.toThrow('--map names the column "artikul", which line 1 lacks')
  })

  it("keeps the good lines of a gzip that was cut short, and says where it ended", async () => {
    const rows = Array.from({ length: 3000 }, (_, at) => `${at},2026-01-05T10:00:00Z,c${Math.sin(at)},CUP,2,5,eur`)
    const whole = gzipSync([ORDERS, ...rows, ""].join("\n"))
    const found = await read(whole.subarray(0, whole.length >> 1), {}, 512)
    expect(found.lines.length).toBeGreaterThan(1000)
    expect(found.lines.length).toBeLessThan(2000)
    const last = found.lines.at(-1)!
    expect(found.refused).toEqual([expect.objectContaining({ line: last.line + 1, message: "the file ends in the middle of this line" })])
    expect(found.cut).toContain(`line ${last.line + 1}: the gzip is broken or was cut short`)
  })

  it("refuses a line that was cut in the middle of a plain file", async () =>
    expect((await read(`${ORDERS}\n1,2026-01-05T10:00:00Z,c,CUP,2,5,eur\n2,2026-01-05T10:`)).refused).toMatchObject([{ line: 3, message: "expected 7 columns, found 2" }]))

  it("refuses a broken line by its number and goes on", async () => {
    const { lines, refused } = await read(`${ORDERS}\n1,yesterday,c,CUP,2,10,EUR\n2,2026-01-05T10:00:00Z,c,CUP,2,10,EUR\n`)
    expect(lines).toHaveLength(1)
    expect(refused).toEqual([expect.objectContaining({ line: 2, column: "ordered_at", value: "yesterday" })])
  })

  it.each([
    ["", "sales.csv is empty; expected a header"],
    ["\n\n", "sales.csv is empty; expected a header"],
    ["a,b\n1,2\n", "sales.csv: line 1 is no known header"],
    ["order_id,ordered_at,customer_id,sku,quantity,unit_price\n", "sales.csv: line 1 lacks the column currency"],
    ['"order_id\n', "sales.csv: line 1 is no CSV"],
  ])("names what is wrong with %j", (content, message) => expect(read(content)).rejects.toThrow(message))
})

describe("readImport() on Shopify's export", () => {
  const HEADER = "Name,Email,Financial Status,Created at,Currency,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem discount,Lineitem fulfillment status,Cancelled at,Payment Method,Tags,Source"
  const shopify = (...rows: string[]) => read([HEADER, ...rows, ""].join("\n"))

  it("lends what only an order's first row says to its other rows", async () => {
    const { format, lines, refused } = await shopify(
      "#1001,Ann@Example.com,paid,2026-05-01 10:00:00 -0400,USD,2,Mug,10.00,MUG,3.00,fulfilled,,Stripe,,web",
      "#1001,,,,,1,Lamp,40.00,,0,fulfilled,,,,",
      "#1002,bob@example.com,paid,2026-05-02 10:00:00 -0400,USD,1,Mug,10.00,MUG,,fulfilled,,Stripe,,pos"
    )
    expect({ format, refused }).toEqual({ format: "shopify", refused: [] })
    expect(lines).toMatchObject([
      { orderId: "#1001", customerRef: "ann@example.com", sku: "MUG", quantity: 2, listPrice: 10, unitPrice: 8.5, currency: "usd", salesChannel: "web", occurredAt: new Date("2026-05-01T14:00:00Z") },
      { orderId: "#1001", customerRef: "ann@example.com", sku: "Lamp", quantity: 1, unitPrice: 40, currency: "usd", day: "2026-05-01" },
      { orderId: "#1002", customerRef: "bob@example.com", salesChannel: "pos" },
    ])
  })

  it.each([
    ["paid", "fulfilled", "", "Stripe", "", "paid"],
    ["voided", "unfulfilled", "", "Stripe", "", "canceled"],
    ["paid", "unfulfilled", "2026-05-02 10:00:00 +0000", "Stripe", "", "canceled"],
    ["refunded", "unfulfilled", "", "Stripe", "", "canceled"],
    ["refunded", "fulfilled", "", "Stripe", "", "refunded"],
    ["paid", "fulfilled", "", "bogus", "", "test"],
    ["paid", "fulfilled", "", "Stripe", "vip; test, Test", "test"],
  ])("takes an order that is %s, %s, canceled at %j, paid by %s, tagged %j for %s", async (financial, sent, canceledAt, payment, tags, status) => {
    const { lines } = await shopify(`#1,a@b.c,${financial},2026-05-01 10:00:00 +0000,USD,1,Mug,10,MUG,0,${sent},${canceledAt},${payment},"${tags}",web`)
    expect(lines[0]?.status).toBe(status)
  })

  it("refuses the other rows of an order whose first one is broken or missing, and reads the next order", async () => {
    const { lines, refused } = await shopify(
      "#1,a@b.c,paid,someday,USD,1,Mug,10,MUG,0,fulfilled,,Stripe,,web",
      "#1,,,,,1,Lamp,40,LAMP,0,fulfilled,,,,",
      "#2,a@b.c,paid,2026-05-01 10:00:00 +0000,USD,1,Mug,10,MUG,0,fulfilled,,Stripe,,web"
    )
    expect(refused).toMatchObject([{ line: 2, column: "Created at" }, { line: 3, column: "Created at", message: expect.stringContaining("first row") as string }])
    expect(lines).toMatchObject([{ orderId: "#2" }])
  })
})

describe("readImport() on WooCommerce's export", () => {
  const HEADER = "order_id,order_number,order_date,status,order_currency,customer_id,billing_email,item_sku,item_name,item_quantity,item_subtotal,item_total,item_refunded"
  const woo = (row: string) => read(`${HEADER}\n${row}\n`)

  it("reads one row an item; the price is the line's total over its quantity", async () => {
    const { format, lines } = await woo("51,51,2026-05-01 10:00:00,completed,EUR,7,Ann@Example.com,MUG,Mug,4,40,36,0")
    expect(format).toBe("woocommerce")
    expect(lines).toMatchObject([{ orderId: "51", customerRef: "7", sku: "MUG", quantity: 4, listPrice: 10, unitPrice: 9, currency: "eur", status: "completed", day: "2026-05-01" }])
  })

  it("knows guests by their email, and items without SKU by their name", async () =>
    expect((await woo("51,51,2026-05-01 10:00:00,wc-processing,EUR,0,Ann@Example.com,,Mug,1,10,10,0")).lines).toMatchObject([{ customerRef: "ann@example.com", sku: "Mug", status: "processing" }]))

  it.each([
    ["completed", "completed"],
    ["processing", "processing"],
    ["refunded", "refunded"],
    ["cancelled", "canceled"],
    ["wc-failed", "canceled"],
    ["pending", "canceled"],
  ])("takes the status %s for %s", async (found, status) => expect((await woo(`51,51,2026-05-01 10:00:00,${found},EUR,7,a@b.c,MUG,Mug,1,10,10,0`)).lines[0]?.status).toBe(status))

  // headers as the exporters write them: docs/imports.md names the sources
  const ADDRESS = (of: string) => ["First Name", "Last Name", "Company", "Address 1&2", "City", "State Code", "Postcode", "Country Code"].map((field) => `${field} (${of})`)
  const SKYVERGE_LEGACY = "Order ID,Date,Order Status,Shipping,Order Total,Billing First Name,Billing Email,Item SKU,Item Name,Item Variation,Item Amount,Row Price,Coupons"
  const ALGOL_OLD = [
    ...["Order Number", "Order Status", "Order Date", "Customer Note", ...ADDRESS("Billing"), "Email (Billing)", "Phone (Billing)", "Item #", "SKU", "Name", "Product Variation"],
    ...["Quantity", "Quantity (- Refund)", "Item Cost", "Order Line (w/o tax)", "Order Line Tax", "Order Line Total", "Order Line Total Refunded", "Discount Amount", "Order Total Amount"],
  ].join(",")
  const ALGOL = ["Order Number", "Order Status", "Order Date", "Customer Note", ...ADDRESS("Billing"), "Email (Billing)", "Item #", "Item Name", "Quantity (- Refund)", "Item Cost", "Order Total Amount"].join(",")
  const row = (header: string, fields: Record<string, string>) => `${header}\n${header.split(",").map((name) => fields[name] ?? "").join(",")}\n`

  it.each([
    ["SkyVerge's legacy one row per item", row(SKYVERGE_LEGACY, { "Order ID": "9", Date: "2026-05-01 10:00", "Order Status": "completed", "Billing Email": "a@b.c", "Item SKU": "MUG", "Item Name": "Mug", "Item Amount": "2", "Row Price": "19" }), "MUG"],
    [
      "Advanced Order Export of 2018, with what was sold and what is left after a refund",
      row(ALGOL_OLD, {
        ...{ "Order Number": "9", "Order Status": "Completed", "Order Date": "2026-05-01 10:00", "Email (Billing)": "a@b.c", SKU: "MUG", Name: "Mug" },
        ...{ Quantity: "2", "Quantity (- Refund)": "1", "Item Cost": "9.5", "Order Line Total": "19" },
      }),
      "MUG",
    ],
    ["Advanced Order Export of today, without SKUs", row(ALGOL, { "Order Number": "9", "Order Status": "Completed", "Order Date": "2026-05-01 10:00", "Email (Billing)": "a@b.c", "Item Name": "Mug", "Quantity (- Refund)": "2", "Item Cost": "9.5" }), "Mug"],
  ])("reads the columns of %s, with the currency given", async (_exporter, text, sku) => {
    const { format, lines, refused } = await read(text, { currency: "EUR" })
    expect({ format, refused }).toEqual({ format: "woocommerce", refused: [] })
    expect(lines).toMatchObject([{ orderId: "9", sku, quantity: 2, unitPrice: 9.5, currency: "eur", customerRef: "a@b.c", status: "completed", day: "2026-05-01" }])
  })

  it("takes the default one row per item of SkyVerge, whose date is called date", async () => {
    const header = "order_id,order_number,date,status,order_total,refunded_total,order_currency,customer_id,billing_email,item_id,item_product_id,item_name,item_sku,item_quantity,item_subtotal,item_total,item_refunded,item_refunded_qty,item_meta"
    const sold = { order_id: "51", date: "2026-05-01 10:00:00", status: "completed", order_currency: "EUR", customer_id: "7", item_name: "Mug", item_sku: "MUG", item_quantity: "4", item_subtotal: "40", item_total: "36", item_refunded_qty: "-1" }
    expect((await read(row(header, sold))).lines).toMatchObject([{ orderId: "51", sku: "MUG", quantity: 4, listPrice: 10, unitPrice: 9, currency: "eur", customerRef: "7" }])
  })
})

describe("readImport() on a clickstream", () => {
  const HEADER = "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session"
  const clicks = (...rows: string[]) => read([HEADER, ...rows, ""].join("\n"))

  it("reads views, carts and purchases; those of a session are one order of single units", async () => {
    const { format, lines, refused } = await clicks(
      "2019-10-01 00:00:00 UTC,view,44600062,2103807459595387724,,shiseido,35.79,541312140,72d7",
      "2019-10-01 00:00:01 UTC,cart,44600062,2103807459595387724,,shiseido,35.79,541312140,72d7",
      "2019-10-01 00:00:02 UTC,purchase,44600062,2103807459595387724,,shiseido,35.79,541312140,72d7"
    )
    expect({ format, refused }).toEqual({ format: "clickstream", refused: [] })
    expect(lines).toMatchObject([
      { kind: "view_item", orderId: null, sku: "44600062", productHandle: "44600062", sessionId: "72d7", customerRef: "541312140", quantity: null, occurredAt: new Date("2019-10-01T00:00:00Z") },
      { kind: "add_to_cart", orderId: null, quantity: 1 },
      { kind: "purchase", orderId: "72d7", quantity: 1, unitPrice: 35.79, listPrice: 35.79, currency: null },
    ])
  })

  it.each([
    ["2019-10-01 00:00:00 UTC,constructor,1,,,,1,2,3", "event_type"],
    ["2019-10-01 00:00:00 UTC,view,,,,,1,2,3", "product_id"],
    ["2019-10-01 00:00:00 UTC,view,1,,,,1,,", "user_session"],
    ["2019-10-41 00:00:00 UTC,view,1,,,,1,2,3", "event_time"],
    ["2019-10-01 00:00:00 UTC,view,1,,,,free,2,3", "price"],
  ])("refuses %j because of %s", async (row, column) => expect((await clicks(row)).refused).toMatchObject([{ line: 2, column }]))
})
