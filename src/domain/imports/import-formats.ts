import { ForesightError } from "../errors"

/** Kinds of files `foresight import` reads, told apart by their header. */
const IMPORT_FORMATS = ["orders", "online_retail", "events", "shopify", "woocommerce", "clickstream"] as const
export type ImportFormat = (typeof IMPORT_FORMATS)[number]

interface FormatColumns {
  /** Columns a file must have; of those in one list, one is enough. */
  required: string[][]
  optional: string[]
  /** Other headers of a column, in lower case. */
  aliases?: Record<string, string[]>
  /** Columns that hold numbers and dates: what the decimal mark and the order of dates are found out from. */
  numbers: string[]
  dates: string[]
}

const FORMATS: Record<ImportFormat, FormatColumns> = {
  orders: {
    required: [["order_id"], ["ordered_at"], ["customer_id", "email"], ["sku"], ["quantity"], ["unit_price"], ["currency"]],
    optional: ["location", "sales_channel", "status", "discount"],
    numbers: ["quantity", "unit_price", "discount"],
    dates: ["ordered_at"],
  },
  online_retail: {
    required: [["InvoiceNo"], ["StockCode"], ["Quantity"], ["InvoiceDate"], ["UnitPrice"], ["CustomerID"]],
    optional: ["Description"],
    aliases: { InvoiceNo: ["invoice"], UnitPrice: ["price"], CustomerID: ["customer id"] }, // the second edition's names
    numbers: ["Quantity", "UnitPrice"],
    dates: ["InvoiceDate"],
  },
  events: {
    required: [["event_id"], ["name"], ["timestamp"], ["visitor_id", "customer_id", "email"]],
    optional: ["session_id", "sku", "product_handle", "quantity", "unit_price", "currency", "search_term"],
    numbers: ["quantity", "unit_price"],
    dates: ["timestamp"],
  },
  shopify: {
    required: [["Name"], ["Created at"], ["Lineitem quantity"], ["Lineitem price"], ["Lineitem sku", "Lineitem name"], ["Currency"]],
    optional: ["Email", "Financial Status", "Cancelled at", "Lineitem discount", "Lineitem fulfillment status", "Payment Method", "Tags", "Location", "Source"],
    numbers: ["Lineitem quantity", "Lineitem price", "Lineitem discount"],
    dates: ["Created at"],
  },
  woocommerce: {
    required: [["order_id"], ["order_date"], ["status"], ["item_sku", "item_name"], ["item_quantity"], ["item_total", "item_price"]],
    optional: ["customer_id", "billing_email", "order_currency", "item_subtotal"],
    // names of the exporters that docs/imports.md lists; the number sold comes before the number less refunds, since a refunded order stays a sale
    aliases: {
      order_id: ["order id", "order_number", "order number", "order_number_formatted"],
      order_date: ["date", "order date"],
      status: ["order_status", "order status"],
      item_sku: ["sku", "item sku"],
      item_name: ["item name", "product name", "name"],
      item_quantity: ["quantity", "quantity (- refund)", "item_qty", "item amount"],
      item_total: ["order line total", "row price"],
      item_subtotal: ["order line subtotal"],
      item_price: ["item cost", "item cost (inc. tax)"],
      customer_id: ["customer_user", "customer user id"],
      billing_email: ["email (billing)", "billing email", "customer_email", "customer user email"],
      order_currency: ["currency", "order currency"],
    },
    numbers: ["item_quantity", "item_total", "item_price", "item_subtotal"],
    dates: ["order_date"],
  },
  clickstream: {
    required: [["event_time"], ["event_type"], ["product_id"], ["user_session", "user_id"]],
    optional: ["price"],
    numbers: ["price"],
    dates: ["event_time"],
  },
}

/** One line a format, for error messages and `--help`. */
export const ACCEPTED_FORMATS = IMPORT_FORMATS.map((format) => {
  const { required, optional } = FORMATS[format]
  const needed = required.map((names) => names.join("|")).join(",")
  return `${format}: ${needed}${optional.length ? ` (optional ${optional.join(",")})` : ""}`
}).join("; ")

/** What the first line of a file says about all others. */
export interface ImportHeader {
  format: ImportFormat
  /** Position of each known column in a record, by the name the format gives it. */
  columns: ReadonlyMap<string, number>
  /** Number of columns a record must have. */
  width: number
  /** Columns that are not read. */
  ignored: string[]
}

/** True where text was read in the wrong encoding: a replacement character, or the NUL bytes of UTF-16. */
export function isWronglyEncoded(text: string): boolean {
  return text.includes("\ufffd") || text.includes("\0")
}

/** True for a column of any format: `--map` tells its side of a pair by it. */
export function isOurColumn(name: string): boolean {
  return IMPORT_FORMATS.some((format) => namesOf(FORMATS[format]).some((known) => known.toLowerCase() === name.toLowerCase()))
}

/** Positions of the columns that hold numbers and dates. */
export function styledColumns({ format, columns }: ImportHeader): { numbers: number[]; dates: number[] } {
  const at = (names: readonly string[]) => names.flatMap((name) => columns.get(name) ?? [])
  return { numbers: at(FORMATS[format].numbers), dates: at(FORMATS[format].dates) }
}

const namesOf = ({ required, optional }: FormatColumns) => [...required.flat(), ...optional]

/**
 * Tells the format of a file from its header; names are compared without case, outer blanks and byte order mark.
 * @param mapped What the file calls a column (lower case) → what we call it.
 * @throws ForesightError `invalid_file`, naming the missing column of the closest format, a column given twice or a wrong encoding.
 */
export function detectImportFormat(header: readonly string[], mapped: ReadonlyMap<string, string> = new Map()): ImportHeader {
  const names = header.map((name) => {
    const theirs = name.replace(/^\ufeff/, "").trim().toLowerCase()
    return mapped.get(theirs)?.toLowerCase() ?? theirs
  })
  if (names.some(isWronglyEncoded)) {
    throw new ForesightError("invalid_file", `line 1 is not UTF-8 text: ${JSON.stringify(header.join(",").slice(0, 80))}; save the file as UTF-8, or name its encoding with --encoding`)
  }
  if (names.every((name) => name === "")) throw new ForesightError("invalid_file", `line 1 is empty; expected a header. Accepted formats: ${ACCEPTED_FORMATS}`)
  const lost = [...mapped.keys()].find((theirs) => !header.some((name) => name.replace(/^\ufeff/, "").trim().toLowerCase() === theirs))
  if (lost !== undefined) throw new ForesightError("invalid_options", `--map names the column ${JSON.stringify(lost)}, which line 1 lacks; found ${JSON.stringify(header.join(",").slice(0, 200))}`)

  const find = (format: ImportFormat, name: string): number => {
    const own = names.indexOf(name.toLowerCase())
    if (own >= 0) return own
    return (FORMATS[format].aliases?.[name] ?? []).map((alias) => names.indexOf(alias)).find((index) => index >= 0) ?? -1
  }
  const missingOf = (format: ImportFormat) => FORMATS[format].required.filter((alternatives) => !alternatives.some((name) => find(format, name) >= 0))
  const missingShare = (format: ImportFormat) => missingOf(format).length / FORMATS[format].required.length
  const closest = IMPORT_FORMATS.reduce((best, format) => (missingShare(format) < missingShare(best) ? format : best))
  const missing = missingOf(closest).map((alternatives) => alternatives.join("|"))
  if (missing.length > 0) {
    const known = missing.length < FORMATS[closest].required.length
    const columns = `column${missing.length > 1 ? "s" : ""} ${missing.join(", ")}`
    const problem = known ? `line 1 lacks the ${columns} of the format ${closest}` : "line 1 is no known header"
    const hint = `where the file calls a column otherwise, say --map ${missing[0]?.split("|")[0] ?? "order_id"}="its name"`
    throw new ForesightError("invalid_file", `${problem}; found ${JSON.stringify(header.join(",").slice(0, 200))}; ${hint}. Accepted formats: ${ACCEPTED_FORMATS}`)
  }
  const columns = new Map<string, number>()
  for (const name of namesOf(FORMATS[closest])) {
    const index = find(closest, name)
    if (index < 0) continue
    if (names.indexOf(names[index] ?? "", index + 1) >= 0) {
      throw new ForesightError("invalid_file", `line 1 names the column ${JSON.stringify(names[index])} twice; expected each name once`)
    }
    columns.set(name, index)
  }
  const read = new Set(columns.values())
  return { format: closest, columns, width: header.length, ignored: header.filter((_, index) => !read.has(index)) }
}
