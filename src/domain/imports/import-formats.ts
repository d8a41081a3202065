import { ForesightError } from "../errors"

/** Kinds of files `foresight import` reads, told apart by their header. */
export type ImportFormat = "orders" | "online_retail" | "events"

/** Columns a format must have (alternatives together in one list) and may have. */
const FORMATS: Record<ImportFormat, { required: string[][]; optional: string[] }> = {
  orders: {
    required: [["order_id"], ["ordered_at"], ["customer_id", "email"], ["sku"], ["quantity"], ["unit_price"], ["currency"]],
    optional: ["location", "sales_channel", "status", "discount"],
  },
  online_retail: {
    required: [["InvoiceNo"], ["StockCode"], ["Description"], ["Quantity"], ["InvoiceDate"], ["UnitPrice"], ["CustomerID"], ["Country"]],
    optional: [],
  },
  events: {
    required: [["event_id"], ["name"], ["timestamp"], ["visitor_id", "customer_id", "email"]],
    optional: ["session_id", "sku", "product_handle", "quantity", "unit_price", "currency", "search_term"],
  },
}

/** One line a format, for error messages and `--help`. */
export const ACCEPTED_FORMATS = (Object.keys(FORMATS) as ImportFormat[])
  .map((format) => {
    const { required, optional } = FORMATS[format]
    const needed = required.map((names) => names.join("|")).join(",")
    return `${format}: ${needed}${optional.length ? ` (optional ${optional.join(",")})` : ""}`
  })
  .join("; ")

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

/**
 * Tells the format of a file from its header; names are compared without case, outer blanks and byte order mark.
 * @throws ForesightError `invalid_file`, naming the missing column of the closest format, a column given twice or a wrong encoding.
 */
export function detectImportFormat(header: readonly string[]): ImportHeader {
  const names = header.map((name) => name.replace(/^\ufeff/, "").trim().toLowerCase())
  if (names.some(isWronglyEncoded)) {
    throw new ForesightError("invalid_file", `line 1 is not UTF-8 text: ${JSON.stringify(header.join(",").slice(0, 80))}; save the file as UTF-8`)
  }
  if (names.every((name) => name === "")) throw new ForesightError("invalid_file", `line 1 is empty; expected a header. Accepted formats: ${ACCEPTED_FORMATS}`)
  const twice = names.find((name, index) => name !== "" && names.indexOf(name) !== index)
  if (twice !== undefined) throw new ForesightError("invalid_file", `line 1 names the column ${JSON.stringify(twice)} twice; expected each name once`)

  const isPresent = (alternatives: string[]) => alternatives.some((name) => names.includes(name.toLowerCase()))
  const missingOf = (format: ImportFormat) => FORMATS[format].required.filter((alternatives) => !isPresent(alternatives))
  const formats = Object.keys(FORMATS) as ImportFormat[]
  const missingShare = (format: ImportFormat) => missingOf(format).length / FORMATS[format].required.length
  const closest = formats.reduce((best, format) => (missingShare(format) < missingShare(best) ? format : best))
  const missing = missingOf(closest).map((alternatives) => alternatives.join("|"))
  if (missing.length > 0) {
    const known = missing.length < FORMATS[closest].required.length
    const columns = `column${missing.length > 1 ? "s" : ""} ${missing.join(", ")}`
    const problem = known ? `line 1 lacks the ${columns} of the format ${closest}` : "line 1 is no known header"
    throw new ForesightError("invalid_file", `${problem}; found ${JSON.stringify(header.join(",").slice(0, 200))}. Accepted formats: ${ACCEPTED_FORMATS}`)
  }
  const columns = new Map<string, number>()
  for (const name of [...FORMATS[closest].required.flat(), ...FORMATS[closest].optional]) {
    const index = names.indexOf(name.toLowerCase())
    if (index >= 0) columns.set(name, index)
  }
  const read = new Set(columns.values())
  return { format: closest, columns, width: header.length, ignored: header.filter((_, index) => !read.has(index)) }
}
