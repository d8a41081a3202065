// The public sets of ../shared/score, as `foresight forecast` gets them: cut at each origin, with what is known ahead of it.
import { createReadStream, createWriteStream } from "node:fs"
import { once } from "node:events"
import { createInterface } from "node:readline"

const MARKDOWNS = [1, 2, 3, 4, 5].map((n) => `markdown${n}`)

/**
 * @typedef {object} ForecastSet as `CONFIG` of ../shared/score/peers.py
 * @property {string} name
 * @property {string} title
 * @property {"week" | "month"} frequency
 * @property {number} horizon
 * @property {number} origins
 * @property {string[]} known
 * @property {string[]} statics
 * @property {{ measure: string, peer: string, best: number, must: number, aim: number }[]} targets the table: shares of the best peer; figures as recorded in RESULTS.md
 */

/** @type {ForecastSet[]} */
export const FORECAST_SETS = [
  {
    ...{ name: "online_retail", title: "Online Retail, weekly", frequency: "week", horizon: 4, origins: 4, known: [], statics: [] },
    targets: [
      { measure: "wql", peer: "LightGBM", best: 0.5301, must: 1, aim: 0.97 },
      { measure: "sum_wql_1", peer: "Ensemble", best: 0.5113, must: 1, aim: 0.97 },
      { measure: "sum_wql_2", peer: "Ensemble", best: 0.4517, must: 1, aim: 0.97 },
      { measure: "sum_wql_4", peer: "LightGBM", best: 0.4107, must: 1, aim: 0.97 },
    ],
  },
  {
    ...{ name: "walmart", title: "Walmart, last 8 weeks", frequency: "week", horizon: 8, origins: 1, known: ["is_holiday", ...MARKDOWNS], statics: ["store", "type", "size"] },
    targets: [
      { measure: "wql", peer: "Ensemble", best: 0.0578, must: 1, aim: 0.97 },
      { measure: "wmae", peer: "Ensemble", best: 1261, must: 1, aim: 0.97 },
    ],
  },
  {
    ...{ name: "carparts", title: "carparts, 12 months", frequency: "month", horizon: 12, origins: 1, known: [], statics: [] },
    targets: [
      { measure: "wql", peer: "LightGBM", best: 0.8584, must: 1, aim: 0.98 },
      { measure: "scaled_ql", peer: "LightGBM", best: 0.49, must: 1, aim: 0.98 },
    ],
  },
  {
    ...{ name: "uci_weekly", title: "uci weekly", frequency: "week", horizon: 4, origins: 2, known: [], statics: [] },
    targets: [{ measure: "wql", peer: "LightGBM", best: 0.2051, must: 1.01, aim: 0.99 }],
  },
]

/** @param {readonly string[]} dates all of a set, ascending @param {ForecastSet} set @returns {string[]} last date seen at each origin, earliest first; the last horizon ends with the data */
export function originsOf(dates, { horizon, origins }) {
  return Array.from({ length: origins }, (_, index) => dates[dates.length - horizon * (origins - index) - 1] ?? "")
}

/**
 * One line of a set as a forecaster may see it at an origin: whole up to it; within the horizon after it nothing but item, date and what is known ahead or never changes; later nothing.
 * @param {readonly string[]} header
 * @param {readonly string[]} fields
 * @param {{ origin: string, last: string, kept: ReadonlySet<string> }} at `last`: last date of the horizon; `kept`: columns known ahead or fixed
 * @returns {string[] | null}
 */
export function cutLine(header, fields, { origin, last, kept }) {
  const date = fields[header.indexOf("date")] ?? ""
  if (date <= origin) return [...fields]
  if (date > last || kept.size === 0) return null
  return fields.map((field, at) => (kept.has(header[at] ?? "") || header[at] === "item_id" || header[at] === "date" ? field : ""))
}

/** Writes what may be seen at an origin. @param {string} from @param {string} to @param {ForecastSet} set @param {string} origin @param {string} last */
export async function cutFile(from, to, set, origin, last) {
  const kept = new Set(set.known.length > 0 ? [...set.known, ...set.statics, "category"] : [])
  const out = createWriteStream(to)
  /** @type {string[] | undefined} */
  let header
  for await (const line of createInterface({ input: createReadStream(from) })) {
    const fields = line.split(",")
    const seen = header ? cutLine(header, fields, { origin, last, kept }) : fields
    header ??= fields
    if (seen && !out.write(`${seen.join(",")}\n`)) await once(out, "drain")
  }
  out.end()
  await once(out, "finish")
}

/** Puts an origin's forecast into the scorer's file: the column `origin` after the item. @param {string} from @param {string} to @param {string} origin @param {boolean} first */
export async function addOrigin(from, to, origin, first) {
  const out = createWriteStream(to, { flags: first ? "w" : "a" })
  let isHeader = true
  for await (const line of createInterface({ input: createReadStream(from) })) {
    const comma = line.indexOf(",")
    if (!isHeader || first) out.write(`${line.slice(0, comma)},${isHeader ? "origin" : origin}${line.slice(comma)}\n`)
    isHeader = false
  }
  out.end()
  await once(out, "finish")
}
