import { ForesightError } from "../errors"

/** The mark before decimals. */
export type DecimalMark = "dot" | "comma"
/** Order of year, month and day in a file's dates. */
export type DateOrder = "ymd" | "dmy" | "mdy"
export type Separator = "," | ";" | "\t"

const SEPARATORS: readonly Separator[] = [",", ";", "\t"]
const DAY_AND_MONTH = /^\s*(\d{1,2})([./-])(\d{1,2})\2\d{4}/

/** The separator that a header line holds most; quoted names count too, since all of them are separated alike. */
export function detectSeparator(header: string): Separator {
  const count = (mark: string) => header.split(mark).length
  return SEPARATORS.reduce((best, mark) => (count(mark) > count(best) ? mark : best))
}

/** What the numbers of a file say about its decimal mark; `null`: nothing, since whole numbers and `1,234` fit both. */
export function decimalEvidence(text: string): DecimalMark | null {
  if (/^\s*[+-]?(\d{1,3}(,\d{3})*|\d+)?\.(\d{1,2}|\d{4,})\s*$/.test(text) || /^\s*[+-]?\d{1,3}(,\d{3})+\.\d+\s*$/.test(text)) return "dot"
  if (/^\s*[+-]?(\d{1,3}(\.\d{3})*|\d+)?,(\d{1,2}|\d{4,})\s*$/.test(text) || /^\s*[+-]?\d{1,3}(\.\d{3})+,\d+\s*$/.test(text)) return "comma"
  return null
}

/** What one date says about the order in the file; `both`: day and month first are possible. Dates with dots are written day first everywhere. */
export function dateEvidence(text: string): DateOrder | "both" | null {
  if (/^\s*\d{4}[-/]/.test(text)) return "ymd"
  const match = DAY_AND_MONTH.exec(text)
  if (!match) return null
  const [first, second] = [Number(match[1]), Number(match[3])]
  if (match[2] === "." || first > 12) return "dmy"
  return second > 12 ? "mdy" : "both"
}

/** Gathers evidence over a file's first lines until its style is known. */
export class StyleEvidence {
  private dot = 0
  private comma = 0
  private readonly orders = new Map<DateOrder, string>()
  private ambiguous: string | null = null

  number(text: string): void {
    const mark = decimalEvidence(text)
    if (mark === "dot") this.dot += 1
    if (mark === "comma") this.comma += 1
  }

  date(text: string): void {
    const order = dateEvidence(text)
    if (order === "both") this.ambiguous ??= text
    else if (order && !this.orders.has(order)) this.orders.set(order, text)
  }

  /** False while a date was seen that can be read two ways, and none that tells. */
  get isEnough(): boolean {
    return this.ambiguous === null || this.orders.has("dmy") || this.orders.has("mdy")
  }

  /** The mark that most numbers have; a dot where none tells. */
  get decimal(): DecimalMark {
    return this.comma > this.dot ? "comma" : "dot"
  }

  /** @throws ForesightError `invalid_file` for dates that can be read two ways. */
  get dates(): DateOrder {
    const [day, month] = [this.orders.get("dmy"), this.orders.get("mdy")]
    if (day !== undefined && month !== undefined) {
      throw new ForesightError("invalid_file", `the dates ${JSON.stringify(day)} and ${JSON.stringify(month)} have different orders; say which one is meant with --dates dmy or --dates mdy`)
    }
    if (day !== undefined) return "dmy"
    if (month !== undefined) return "mdy"
    if (this.ambiguous === null) return "ymd"
    throw new ForesightError("invalid_file", `dates such as ${JSON.stringify(this.ambiguous)} can be read two ways; say --dates dmy (day first) or --dates mdy (month first)`)
  }
}
