// The demo's result for people.

/** @param {string} text @param {number} width */
const cell = (text, width) => (text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width))
/** @param {number} share */
const percent = (share) => `${Math.round(1000 * share) / 10}%`
/** @param {number} value */
const figure = (value) => (Number.isFinite(value) ? value.toFixed(3) : String(value))

/**
 * @param {import("./answers.mjs").DemoDocument} document
 * @param {{ admin: { email: string, password: string }, locations: Record<string, string>, assumed: string[], coverage: import("./truth.mjs").Coverage | null }} more `locations`: ids by name
 * @returns {string}
 */
export function describeAnswers({ events, models, advice, recommendations, urls, backend, seconds }, { admin, locations, assumed, coverage }) {
  const locationNames = new Map(Object.entries(locations).map(([name, id]) => [id, name]))
  const lines = ["", "EVENTS", `  ${Object.entries(events).map(([name, count]) => `${name} ${count.toLocaleString("en")}`).join(" · ")}`]
  if (assumed.length > 0) lines.push("", "ASSUMED, since the file does not say", ...assumed.map((text) => `  ${text}`))

  lines.push("", `MODELS IN SERVICE (trained on ${backend ?? "–"}; held-out time, ${"sum_wql: lower is better, ndcg10: higher is better"})`)
  for (const { kind, model, version, metric, value, baselines } of models) {
    const beside = Object.entries(baselines).map(([name, figureOf]) => `${name} ${figure(figureOf)}`).join(", ")
    lines.push(`  ${cell(kind, 9)}${cell(`${model} v${version}`, 26)}${metric} ${figure(value)}   beside: ${beside}`)
  }

  if (coverage) {
    const { weeks, count, said, asked, levels } = coverage
    lines.push("", `FORECASTS BESIDE WHAT WAS REALLY ASKED FOR, in stock or not (${count.toLocaleString("en")} items × weeks, ${weeks} weeks that no model had seen; only the simulation knows)`)
    lines.push(`  said ${Math.round(said).toLocaleString("en")} units, asked for ${Math.round(asked).toLocaleString("en")}`)
    for (const { level, below, atOrBelow, off } of levels) lines.push(`  ${cell(`level ${percent(level)}`, 12)}${percent(below)} asked for less, ${percent(atOrBelow)} as much or less: ${off === 0 ? "right" : `${(100 * off).toFixed(1)} points off`}`)
  }

  lines.push("", "ORDER NOW, most urgent first")
  for (const { title, location_id, order_quantity, stockout_probability, ledger, reason } of advice) {
    lines.push(`  ${cell(title, 38)} ${cell(locationNames.get(location_id) ?? location_id, 16)} order ${String(order_quantity).padStart(6)}   runs out with ${Math.round(stockout_probability * 100)}%`)
    lines.push(`      ${ledger.map(({ label, quantity }) => `${label} ${quantity}`).join(", ")}`, `      ${reason}`)
  }
  if (advice.length === 0) lines.push("  nothing is due")

  lines.push("", "RECOMMENDED")
  for (const { customer_id, session_id, items } of recommendations) {
    lines.push(`  ${customer_id ? `customer ${customer_id}` : `anonymous session ${session_id}, after two product views`}`)
    for (const { title, source, reason } of items) lines.push(`      ${cell(title, 40)} ${cell(source, 12)} ${reason}`)
  }

  lines.push("", "OPEN", ...Object.entries(urls).filter(([, url]) => url).map(([name, url]) => `  ${cell(name, 17)}${url}`))
  lines.push(`  ${cell("login", 17)}${admin.email}  ${admin.password}`)
  lines.push("", `SECONDS  ${Object.entries(seconds).map(([name, taken]) => `${name} ${taken}`).join(" · ")}`, "")
  return lines.join("\n")
}
