import type { Day } from "../day"
import { addDays } from "../day"
import type { Advice, LedgerLabel } from "./types"

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

/** One plain English sentence or three with every number that made the advice. */
export function explainAdvice(advice: Omit<Advice, "reason">): string {
  const risk = `${riskSentence(advice)}${overrideSentence(advice.overriddenBy)}`
  if (advice.status === "order") return `${orderSentence(advice)} ${risk}`
  const { onHand, reserved, incoming } = advice.stock
  const parts = [`on hand ${plain(onHand)}`, ...(reserved ? [`− reserved ${plain(reserved)}`] : []), ...(incoming ? [`+ arriving in time ${plain(incoming)}`] : [])]
  const available = `${plain(onHand - reserved + incoming)} available (${parts.join(" ")})`
  if (advice.status === "surplus") return `Nothing to order: ${available} is more than the order-up-to level ${plain(advice.orderUpTo)}. ${risk}`
  const by = advice.orderBy === null ? "" : ` Order by ${longDay(advice.orderBy)}.`
  return `Nothing to order yet: ${available}, reorder point ${plain(advice.reorderPoint)}.${by} ${risk}`
}

function orderSentence(advice: Omit<Advice, "reason">): string {
  const { settings } = advice
  const words: Partial<Record<LedgerLabel, (units: number) => string>> = {
    expected_demand: (units) => `Expected sales in ${plain(Math.round(settings.leadTimeDays) + Math.round(settings.reviewDays))} days ${plain(units)}`,
    safety_stock: (units) => `${sign(units)} buffer for ${plain(100 * settings.serviceLevel)}% service ${plain(Math.abs(units))}`,
    cover: (units) => `${sign(units)} ${plain(Math.round(settings.coverDays))} more days of sales ${plain(Math.abs(units))}`,
    on_hand: (units) => `${units > 0 ? "+" : "−"} on hand ${plain(Math.abs(units))}`,
    reserved: (units) => `${sign(units)} reserved ${plain(Math.abs(units))}`,
    incoming: (units) => `${sign(units)} arriving in time ${plain(Math.abs(units))}`,
  }
  const sum = advice.ledger.flatMap((line) => words[line.label]?.(line.quantity) ?? []).join(" ")
  const rounding = advice.ledger.find((line) => line.label === "rounding")?.quantity ?? 0
  const needed = plain(advice.orderQuantity - rounding)
  if (rounding === 0) return `${sum} = ${needed}.`
  const why = [
    ...(settings.moq > advice.orderQuantity - rounding ? [`the smallest order of ${plain(settings.moq)}`] : []),
    ...(settings.packSize > 0 ? [`packs of ${plain(settings.packSize)}`] : []),
  ]
  return `${sum} = ${needed}; rounded to ${why.join(" and ") || "whole units"} → ${plain(advice.orderQuantity)}.`
}

function riskSentence(advice: Omit<Advice, "reason">): string {
  const arrival = longDay(addDays(advice.day, Math.round(advice.settings.leadTimeDays)))
  const percent = 100 * (advice.stockoutProbability ?? 0)
  const chance = percent > 0 && percent < 1 ? "under 1" : percent < 100 && percent > 99 ? "over 99" : String(Math.round(percent))
  return `Without ordering: ${chance}% chance of running out before ${arrival}.`
}

/** Who set the forecast by hand belongs to the sum: the reader may know better than the model, and has to know that somebody did. */
const overrideSentence = (by: readonly string[]) => (by.length > 0 ? ` Forecast overridden by ${by.join(" and ")}.` : "")

const sign = (units: number) => (units < 0 ? "−" : "+")

/** At most three decimals, no trailing zeros. */
const plain = (units: number) => String(Math.round(units * 1000) / 1000 || 0)

function longDay(day: Day): string {
  const [year, month, date] = day.split("-").map(Number)
  return `${date} ${MONTHS[(month ?? 1) - 1]} ${year}`
}
