import { addDays, daysBetween, type Day } from "../../src/domain/day"
import type { ImportLine } from "../../src/domain/imports/import-line"
import type { SimulatedCategory, SimulatedCustomer } from "./types"

/** A product as far as sales lines tell of it. */
export interface HistoryProduct {
  sku: string
  /** The description met most often. */
  title: string
  handle: string
  /** Median price over its sales lines. */
  price: number
  /** Assumed: handle of the category named by the title's last noun. */
  category: string
  /** Assumed: weeks of recent demand. */
  openingStock: number
}

export interface HistoryShop {
  currency: string
  firstDay: Day
  /** Last day of the file, before any shift. */
  lastDay: Day
  categories: SimulatedCategory[]
  products: HistoryProduct[]
  /** `id`: the customer in the file; the email is made up from it. */
  customers: (SimulatedCustomer & { id: string })[]
  /** What the file does not hold and was assumed, one sentence each, for the demo to print. */
  assumed: string[]
}

/** Weeks whose mean is "recent demand". */
const RECENT_WEEKS = 12
/** Titles that must share their last noun to make a category. */
const LEAST_IN_CATEGORY = 15
const OTHER = "Other"
/** Words at a title's end that say how, not what. */
const NOT_A_NOUN = new RegExp(
  "^(LARGE|SMALL|MEDIUM|BIG|MINI|RED|BLUE|PINK|GREEN|WHITE|BLACK|IVORY|CREAM|SILVER|GOLD|ASSORTED" +
    "|DESIGN|DESIGNS|COLOURS|SPOT|SPOTS|POLKADOT|RETROSPOT|VINTAGE|\\d.*|.)$"
)

interface Seen {
  titles: Map<string, number>
  prices: Map<number, number>
  /** Units sold per day. */
  units: Map<Day, number>
}

/**
 * Collects what the demo needs to open a shop from a real history: feed it the lines that count, in any order, then ask for the shop.
 * Memory grows with SKUs × days on which they sold, not with lines.
 */
export class OnlineRetailShop {
  private readonly seen = new Map<string, Seen>()
  private readonly customers = new Set<string>()
  private firstDay: Day | null = null
  private lastDay: Day | null = null
  private currency = ""

  /** Takes one sales line; refunds and lines without a SKU are passed over. */
  add(line: ImportLine): void {
    if (line.kind !== "purchase" || !line.sku || !line.quantity || !line.unitPrice) return
    const seen = this.seen.get(line.sku) ?? { titles: new Map<string, number>(), prices: new Map<number, number>(), units: new Map<Day, number>() }
    this.seen.set(line.sku, seen)
    if (line.description) count(seen.titles, line.description.replace(/\s+/g, " "), 1)
    count(seen.prices, line.unitPrice, 1)
    count(seen.units, line.day, line.quantity)
    if (line.customerRef) this.customers.add(line.customerRef)
    if (line.currency) this.currency = line.currency
    if (!this.firstDay || line.day < this.firstDay) this.firstDay = line.day
    if (!this.lastDay || line.day > this.lastDay) this.lastDay = line.day
  }

  /**
   * @param stockWeeks Weeks of recent demand that every product opens with.
   * @returns Products by SKU; `null` when no line was a sale.
   */
  finish(stockWeeks: number): HistoryShop | null {
    const { firstDay, lastDay } = this
    if (!firstDay || !lastDay) return null
    const titles = new Map([...this.seen].map(([sku, { titles: found }]) => [sku, mostFrequent(found) ?? sku]))
    const nounOf = categorize([...titles.values()])
    const recentFrom = addDays(lastDay, 1 - 7 * RECENT_WEEKS)
    const recentWeeks = Math.min(RECENT_WEEKS, (daysBetween(firstDay, lastDay) + 1) / 7)
    const products = [...this.seen]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([sku, { prices, units }]): HistoryProduct => {
        const title = titles.get(sku) as string
        let recent = 0
        for (const [day, sold] of units) if (day >= recentFrom) recent += sold
        return {
          sku,
          title: inTitleCase(title),
          handle: handleOf(`${title} ${sku}`),
          price: median(prices),
          category: handleOf(nounOf(title)),
          openingStock: Math.ceil((recent / recentWeeks) * stockWeeks),
        }
      })
    const categories = [...new Set([...titles.values()].map(nounOf))].sort().map((noun) => ({ handle: handleOf(noun), title: inTitleCase(noun), parent: null }))
    return {
      currency: this.currency,
      firstDay,
      lastDay,
      categories,
      products,
      customers: [...this.customers].sort().map((id) => ({ id, email: `customer-${handleOf(id)}@example.com`, firstName: "Customer", lastName: id })),
      assumed: [
        `opening stock: ${stockWeeks} weeks of each product's mean sales of the last ${Math.round(recentWeeks)} weeks`,
        "categories: the last noun of each product's most frequent description",
        "customers' names and emails: made up from their numbers",
      ],
    }
  }
}

const count = <Key>(counts: Map<Key, number>, key: Key, more: number) => counts.set(key, (counts.get(key) ?? 0) + more)

/** The key counted most; of equals the one first in the alphabet, so that the order of lines does not matter. */
function mostFrequent(counts: ReadonlyMap<string, number>): string | undefined {
  return [...counts].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))[0]?.[0]
}

/** Lower median of counted values. */
function median(counts: ReadonlyMap<number, number>): number {
  const sorted = [...counts].sort(([a], [b]) => a - b)
  let left = sorted.reduce((sum, [, times]) => sum + times, 0) / 2
  for (const [value, times] of sorted) if ((left -= times) <= 0) return value
  return 0
}

/** Gives each title its last noun, or `Other` where fewer than `LEAST_IN_CATEGORY` titles share it. */
function categorize(titles: readonly string[]): (title: string) => string {
  const lastNoun = (title: string) => {
    const words = title.toUpperCase().replace(/[^A-Z0-9 -]/g, " ").split(/\s+/).filter((word) => !NOT_A_NOUN.test(word))
    return (words.at(-1) ?? OTHER).replace(/S$/, "")
  }
  const counts = new Map<string, number>()
  for (const title of titles) count(counts, lastNoun(title), 1)
  return (title) => ((counts.get(lastNoun(title)) ?? 0) >= LEAST_IN_CATEGORY ? lastNoun(title) : OTHER)
}

const handleOf = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")
const inTitleCase = (text: string) => (text === text.toUpperCase() ? text.toLowerCase().replace(/(^|[ -])[a-z]/g, (letter) => letter.toUpperCase()) : text)
