import type { Day } from "../day"
import { addDays } from "../day"
import { explainAdvice } from "./explain-advice"
import { chanceOfReaching, protectionQuantile } from "./protection-quantile"
import type { Advice, AdviceStatus, DemandOutlook, LedgerLabel, LedgerLine, StockPosition } from "./types"

/** Known weeks since the first sale below which no number is given. */
const MIN_HISTORY_WEEKS = 4

/** What to order of one inventory item at one location. The same function serves the night and every stock change.
 *
 * - position `IP = onHand − reserved + incoming` (incoming has no date: it counts as arriving within the lead time)
 * - reorder point `s = Q_α(D_P)`, `P = L + R`, α the service level; order-up-to `S = s + coverDemand`
 * - order `q = pack · ⌈max(S − IP, MOQ) / pack⌉` when `IP ≤ s` and `IP < S`, else 0; without a pack size, whole units where the item sells so
 * - chance of running out `P(D_L ≥ IP)`, 1 when nothing is left and something sells
 * - order by: the last day `d` whose service-level demand over `d` days and a lead time stays below `IP`; `day` itself when it is late already
 *
 * All units are rounded to thousandths, reorder point and order-up-to up to whole units where the outlook is in whole units. Ledger lines add up to
 * the order quantity exactly in thousandths. Fewer than `MIN_HISTORY_WEEKS` known weeks, or no sale ever: `too_few_sales` and no number.
 * @see docs of the formulas: Silver, Pyke & Thomas (2017), Inventory and Production Management in Supply Chains, ch. 7 (R, s, S).
 */
export function advise(outlook: DemandOutlook, stock: StockPosition): Advice {
  const base = {
    inventoryItemId: outlook.inventoryItemId,
    locationId: outlook.locationId,
    day: outlook.day,
    assumed: [...outlook.assumed],
    overriddenBy: [...outlook.overriddenBy],
    stock,
    settings: outlook.settings,
    modelVersionId: outlook.modelVersionId,
  }
  const sells = outlook.expectedDemand > 0 || outlook.protectionQuantiles.some((units) => units > 0)
  if (outlook.historyWeeks < MIN_HISTORY_WEEKS) return tooFewSales(base, outlook)

  const whole = [...outlook.protectionQuantiles, ...outlook.leadTimeQuantiles].every(Number.isInteger)
  const roundUp = (units: number) => (whole ? 1000 * Math.ceil(units - 1e-9) : thousandths(units))
  const onHand = thousandths(stock.onHand)
  const reserved = thousandths(stock.reserved)
  const incoming = thousandths(stock.incoming)
  const position = onHand - reserved + incoming
  const reorderPoint = roundUp(protectionQuantile(outlook.protectionQuantiles, outlook.settings.serviceLevel))
  const cover = whole ? 1000 * Math.round(outlook.coverDemand) : thousandths(outlook.coverDemand)
  const orderUpTo = reorderPoint + cover
  const need = orderUpTo - position
  const expected = whole ? roundForReading(outlook.expectedDemand) : thousandths(outlook.expectedDemand)

  const order = position <= reorderPoint && need > 0 ? roundedOrder(need, outlook.settings, whole) : 0
  const status: AdviceStatus = order > 0 ? "order" : need < 0 ? "surplus" : "not_due"
  const lines: [LedgerLabel, number][] = [
    ["expected_demand", expected],
    ["safety_stock", reorderPoint - expected],
    ["cover", cover],
    ["on_hand", -onHand],
    ["reserved", reserved],
    ["incoming", -incoming],
    [status === "order" ? "rounding" : status, order - need],
  ]
  const units = position / 1000
  const advice: Omit<Advice, "reason"> = {
    ...base,
    status,
    orderQuantity: order / 1000,
    orderBy: lastOrderDay(outlook, units, sells),
    reorderPoint: reorderPoint / 1000,
    orderUpTo: orderUpTo / 1000,
    expectedDemand: expected / 1000,
    safetyStock: (reorderPoint - expected) / 1000,
    daysOfCover: firstPassage(outlook.medianCurve, units),
    daysOfCoverLow: firstPassage(outlook.highCurve, units),
    stockoutProbability: sells || position < 0 ? chanceOfReaching(outlook.leadTimeQuantiles, units) : 0,
    ledger: lines.filter(([label, quantity]) => quantity !== 0 || KEPT_AT_ZERO.has(label)).map(toLine),
  }
  return { ...advice, reason: explainAdvice(advice) }
}

/** Lines that are shown even when they are 0. */
const KEPT_AT_ZERO: ReadonlySet<LedgerLabel> = new Set<LedgerLabel>(["expected_demand", "safety_stock", "on_hand"])

const thousandths = (units: number) => Math.round(units * 1000) || 0

const toLine = ([label, quantity]: [LedgerLabel, number]): LedgerLine => ({ label, quantity: quantity / 1000 || 0 })

/** Whole units from 10 on, else tenths: in thousandths. */
const roundForReading = (units: number) => (units >= 10 ? 1000 * Math.round(units) : 100 * Math.round(units * 10))

function roundedOrder(need: number, settings: DemandOutlook["settings"], whole: boolean): number {
  const pack = thousandths(settings.packSize)
  const step = pack > 0 ? pack : whole ? 1000 : 1
  return step * Math.ceil(Math.max(need, thousandths(settings.moq)) / step)
}

function lastOrderDay(outlook: DemandOutlook, position: number, sells: boolean): Day | null {
  if (!sells) return position < 0 ? outlook.day : null
  const tooLate = outlook.serviceCurve.findIndex((units) => units >= position)
  if (tooLate < 0) return null
  return addDays(outlook.day, Math.max(0, tooLate - 1))
}

function firstPassage(curve: readonly number[], position: number): number | null {
  const day = position <= 0 ? 0 : curve.findIndex((units) => units >= position)
  return day < 0 ? null : day
}

function tooFewSales(base: Pick<Advice, "inventoryItemId" | "locationId" | "day" | "assumed" | "overriddenBy" | "stock" | "settings" | "modelVersionId">, outlook: DemandOutlook): Advice {
  const reason =
    outlook.historyWeeks === 0
      ? "Too few sales for a number: nothing was sold here yet."
      : `Too few sales for a number: ${outlook.historyWeeks} ${outlook.historyWeeks === 1 ? "week" : "weeks"} of history, ${MIN_HISTORY_WEEKS} are needed.`
  return {
    ...base,
    status: "too_few_sales",
    orderQuantity: 0,
    orderBy: null,
    reorderPoint: 0,
    orderUpTo: 0,
    expectedDemand: 0,
    safetyStock: 0,
    daysOfCover: null,
    daysOfCoverLow: null,
    stockoutProbability: null,
    ledger: [],
    reason,
  }
}
