// Losses of forecast files series by series, by the definitions of ../shared/score/score.py (whose own figures the bench compares with these).
import { createReadStream } from "node:fs"
import { createInterface } from "node:readline"

const LEVELS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
/** Levels of the calibration. */
export const CALIBRATION = [...LEVELS, 0.95]
const HOLIDAY_WEIGHT = 5

/**
 * @typedef {Record<string, string>} Row
 * @typedef {{ dates: string[], units: number[], at: Map<string, number>, holidays: Set<string> }} Item
 * @typedef {Map<string, Item>} Actuals
 * @typedef {{ pairs: Set<string>, periods: number[], below: number[], atOrBelow: number[] }} ClassCounts per level
 * @typedef {Map<string, { loss: number, weight: number }>} Losses per series; a measure is `Σ loss / Σ weight`
 */

/** Rows of a CSV file without quotes, one at a time. @param {string} file @returns {AsyncGenerator<Row>} */
export async function* rowsOf(file) {
  /** @type {string[] | undefined} */
  let header
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (line.includes('"')) throw new Error(`${file}: a quoted field; expected the plain files of the bench`)
    const fields = line.split(",")
    if (header) yield Object.fromEntries(header.map((name, at) => [name, fields[at] ?? ""]))
    else header = fields
  }
}

/** @param {string} file `item_id,date,quantity[,is_holiday]`, dates ascending in each item @returns {Promise<Actuals>} */
export async function readActuals(file) {
  /** @type {Actuals} */
  const items = new Map()
  for await (const { item_id: id = "", date = "", quantity, is_holiday: isHoliday } of rowsOf(file)) {
    /** @type {Item} */
    const item = items.get(id) ?? { dates: [], units: [], at: new Map(), holidays: new Set() }
    items.set(id, item)
    item.at.set(date, item.dates.length)
    item.dates.push(date)
    item.units.push(Number(quantity))
    if (isHoliday === "1") item.holidays.add(date)
  }
  return items
}

/** From the first sale up to the origin: mean step of the naive forecast and the Syntetos–Boylan class. @param {Item} item @param {string} origin */
export function historyOf({ dates, units }, origin) {
  const seen = units.filter((_, at) => (dates[at] ?? "") <= origin)
  const first = seen.findIndex((value) => value !== 0)
  if (first < 0) return { scale: NaN, class: "never sold" }
  const known = seen.slice(first)
  const steps = known.slice(1).map((value, at) => Math.abs(value - (known[at] ?? 0)))
  const sold = known.filter((value) => value !== 0)
  const mean = sold.reduce((sum, value) => sum + value, 0) / sold.length
  const cv2 = sold.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sold.length / mean ** 2
  const slow = known.length / sold.length >= 1.32
  const name = slow ? (cv2 >= 0.49 ? "lumpy" : "intermittent") : cv2 >= 0.49 ? "erratic" : "smooth"
  return { scale: steps.reduce((sum, value) => sum + value, 0) / steps.length, class: name }
}

/** @param {number} actual @param {Row} row @returns {number} the mean over nine levels of twice the pinball loss */
function quantileLoss(actual, row) {
  let sum = 0
  for (const level of LEVELS) {
    const error = actual - Number(row[`q${level}`])
    sum += Math.max(level * error, (level - 1) * error)
  }
  return (2 / LEVELS.length) * sum
}

/** @param {Losses} losses @param {string} item @param {number} loss @param {number} weight */
function count(losses, item, loss, weight) {
  const own = losses.get(item) ?? { loss: 0, weight: 0 }
  losses.set(item, { loss: own.loss + loss, weight: own.weight + weight })
}

/**
 * Of single periods: `wql`, `wmae` (holidays × 5), `scaled_ql`, and the calibration per class.
 * @param {Actuals} actuals
 * @param {AsyncIterable<Row> | Iterable<Row>} rows `item_id,origin,date,mean,q0.1,…`
 */
export async function periodLosses(actuals, rows) {
  /** @type {Losses} */ const wql = new Map()
  /** @type {Losses} */ const wmae = new Map()
  /** @type {Losses} */ const scaled = new Map()
  /** @type {Map<string, ReturnType<typeof historyOf> & { item: string, loss: number, periods: number }>} */
  const pairs = new Map()
  /** @type {Map<string, ClassCounts>} */
  const classes = new Map()
  for await (const row of rows) {
    const { item_id: id = "", origin = "", date = "" } = row
    const item = actuals.get(id)
    const actual = item?.units[item.at.get(date) ?? -1]
    if (!item || actual === undefined) throw new Error(`item ${id} has no actual on ${date}`)
    const loss = quantileLoss(actual, row)
    count(wql, id, loss, Math.abs(actual))
    const weight = item.holidays.has(date) ? HOLIDAY_WEIGHT : 1
    count(wmae, id, weight * Math.abs(actual - Number(row.mean)), weight)
    const key = `${id}\u0000${origin}`
    const pair = pairs.get(key) ?? { ...historyOf(item, origin), item: id, loss: 0, periods: 0 }
    pairs.set(key, pair)
    pair.loss += loss
    pair.periods += 1
    for (const name of ["all", pair.class]) {
      const own = classes.get(name) ?? { pairs: new Set(), periods: CALIBRATION.map(() => 0), below: CALIBRATION.map(() => 0), atOrBelow: CALIBRATION.map(() => 0) }
      classes.set(name, own)
      own.pairs.add(key)
      CALIBRATION.forEach((level, at) => {
        const quantile = row[`q${level}`]
        if (quantile === undefined) return
        own.periods[at] = (own.periods[at] ?? 0) + 1
        if (actual < Number(quantile)) own.below[at] = (own.below[at] ?? 0) + 1
        if (actual <= Number(quantile)) own.atOrBelow[at] = (own.atOrBelow[at] ?? 0) + 1
      })
    }
  }
  for (const { item, loss, periods, scale } of pairs.values()) if (scale > 0) count(scaled, item, loss / periods / scale, 1)
  return { wql, wmae, scaled_ql: scaled, calibration: calibrationOf(classes) }
}

/**
 * Of sums: one measure for each number of periods.
 * @param {Actuals} actuals
 * @param {AsyncIterable<Row> | Iterable<Row>} rows `item_id,origin,horizon,mean,q0.1,…`
 * @returns {Promise<Record<string, Losses>>} `sum_wql_1` …
 */
export async function sumLosses(actuals, rows) {
  /** @type {Record<string, Losses>} */
  const measures = {}
  for await (const row of rows) {
    const { item_id: id = "", origin = "", horizon = "" } = row
    const item = actuals.get(id)
    const from = (item?.at.get(origin) ?? -1) + 1
    const actual = item?.units.slice(from, from + Number(horizon)).reduce((sum, value) => sum + value, 0)
    if (!item || from === 0 || actual === undefined) throw new Error(`item ${id} has no actual after ${origin}`)
    count((measures[`sum_wql_${horizon}`] ??= new Map()), id, quantileLoss(actual, row), Math.abs(actual))
  }
  return measures
}

/**
 * Per class how far the shares below, and at or below, each quantile lie from its level at worst; 0 where the level lies between them.
 * Levels that a file does not have are left out.
 * @param {Map<string, ClassCounts>} classes
 */
function calibrationOf(classes) {
  return Object.fromEntries(
    [...classes].map(([name, { pairs, periods, below, atOrBelow }]) => {
      const levels = CALIBRATION.flatMap((level, at) => {
        const count = periods[at] ?? 0
        return count > 0 ? [{ level, below: (below[at] ?? 0) / count, atOrBelow: (atOrBelow[at] ?? 0) / count }] : []
      })
      const off = levels.map((one) => ({ level: one.level, points: 100 * Math.max(0, one.below - one.level, one.level - one.atOrBelow) }))
      const worst = off.reduce((most, one) => (one.points > most.points ? one : most))
      return [name, { pairs: pairs.size, levels, worst }]
    })
  )
}

/** @param {Losses} losses @returns {number} */
export function measureOf(losses) {
  let [loss, weight] = [0, 0]
  for (const one of losses.values()) {
    loss += one.loss
    weight += one.weight
  }
  return loss / weight
}
