import type { Day } from "../day"

/** Levels of the stored quantiles of demand sums, ascending. */
export const SUM_LEVELS = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.965, 0.975,
  0.985, 0.99, 0.995,
] as const

/** How far ahead, in days, cover and latest order day are worked out; beyond it they are "more than". */
export const OUTLOOK_DAYS = 120

/** What the shop decided about one inventory item at one location; every field has a default from the plugin's options. */
export interface ReplenishmentSettings {
  /** Days from order to shelf. */
  leadTimeDays: number
  /** Standard deviation of the lead time, days; 0 when the supplier is taken at their word. */
  leadTimeSdDays: number
  /** Days between two looks at the item; demand until the next look has to be covered too. */
  reviewDays: number
  /** Chance in (0, 1) of not running out during lead time and review period. */
  serviceLevel: number
  /** Days of expected demand ordered on top of the reorder point, so that orders are not tiny. */
  coverDays: number
  /** Smallest quantity the supplier accepts; 0 for none. */
  moq: number
  /** Units per pack; orders are whole packs. 0 for any quantity. */
  packSize: number
}

/** Stock as Medusa tells it. */
export interface StockPosition {
  onHand: number
  reserved: number
  /** No date in Medusa: counts as arriving within the lead time. */
  incoming: number
}

/** Demand of one inventory item at one location from `day` on, in the form that advice is computed from. Kits are exploded already. */
export interface DemandOutlook {
  inventoryItemId: string
  locationId: string
  /** First day of the protection period (today in the shop's time zone). */
  day: Day
  /** Expected units over lead time + review period. */
  expectedDemand: number
  /** Expected units over `coverDays` after the protection period. */
  coverDemand: number
  /** Units over lead time + review period at `SUM_LEVELS`. */
  protectionQuantiles: number[]
  /** Units over the lead time alone at `SUM_LEVELS`. */
  leadTimeQuantiles: number[]
  /** Units over the first `d` days at the median, d = 0 … OUTLOOK_DAYS; non-decreasing. */
  medianCurve: number[]
  /** Units over the first `d` days at 0.9: a pessimist's cover. */
  highCurve: number[]
  /** Service-level quantile of units over `d` days **and** a lead time, d = 0 … OUTLOOK_DAYS; non-decreasing. */
  serviceCurve: number[]
  /** The settings it was drawn for. */
  settings: ReplenishmentSettings
  /** Names of the settings that are defaults, not the shop's own. */
  assumed: (keyof ReplenishmentSettings | "openingStock")[]
  /** Users who set a forecast behind it by hand. */
  overriddenBy: string[]
  /** `null` when a rule without training made it. */
  modelVersionId: string | null
  /** Periods of history behind it; under `MIN_HISTORY_WEEKS` there is no number. */
  historyWeeks: number
}

export type LedgerLabel =
  | "expected_demand"
  | "safety_stock"
  | "cover"
  | "on_hand"
  | "reserved"
  | "incoming"
  | "rounding"
  | "not_due"
  | "surplus"

/** One line of the sum that explains an order quantity. */
export interface LedgerLine {
  label: LedgerLabel
  /** Signed units; all lines add up to the order quantity exactly (in thousandths). */
  quantity: number
}

/** `order`: order today · `not_due`: enough for now · `surplus`: more than the order-up-to level · `too_few_sales`: history too thin for a number. */
export type AdviceStatus = "order" | "not_due" | "surplus" | "too_few_sales"

/** What to order of one inventory item at one location, and why. */
export interface Advice {
  inventoryItemId: string
  locationId: string
  day: Day
  status: AdviceStatus
  orderQuantity: number
  /** Last day on which ordering keeps the chance of running out at or below 1 − service level; `null`: beyond `OUTLOOK_DAYS` days, or too few sales. */
  orderBy: Day | null
  reorderPoint: number
  orderUpTo: number
  expectedDemand: number
  safetyStock: number
  /** Day offset at which half of the futures have used up the stock; `null`: more than `OUTLOOK_DAYS`. */
  daysOfCover: number | null
  /** The same for the worst tenth of the futures. */
  daysOfCoverLow: number | null
  /** Chance that stock reaches zero without a new order before an order placed on `day` could arrive; `null` when too few sales. */
  stockoutProbability: number | null
  ledger: LedgerLine[]
  /** One English sentence with the numbers in it; screens translate from the fields instead. */
  reason: string
  assumed: string[]
  /** Users who set a forecast behind it by hand. */
  overriddenBy: string[]
  stock: StockPosition
  settings: ReplenishmentSettings
  modelVersionId: string | null
}
