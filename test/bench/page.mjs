// docs/benchmarks.md: a fixed frame and one part a bench, so that running one bench changes only its part.

/** Benches in the page's order. */
export const BENCHES = /** @type {const} */ (["import", "cycle", "recommend-http", "events-http", "events-scale", "openapi", "boosting", "forecast"])
/** @typedef {typeof BENCHES[number]} Bench */

const TITLES = { import: "Importing a history", cycle: "The nightly cycle", "recommend-http": "Recommendations over HTTP", "events-http": "Storefront events over HTTP", "events-scale": "Ten times the events", openapi: "The OpenAPI file, asked at random", boosting: "Boosted trees", forecast: "Forecasts beside the peers" }

const INTRODUCTION = `# Benchmarks

Written by \`npm run bench\` (\`-- NAME\`, e.g. \`-- import\`, runs one and changes only its part). Do not edit by hand.

- Everything runs as in a shop: the packed plugin installed into a Medusa store in production mode, \`foresight worker\` beside it,
  a real Temporal server, Postgres with its usual durability (settings: \`demo/launch/postgres.mjs\`). Boosted trees and forecasts of files need none of it and run alone.
- Input: UCI Online Retail (541,909 lines; Chen, Sain and Guo 2012, CC BY 4.0) where \`../shared/data/online_retail.csv.gz\` or \`--data FILE\` is there,
  else the demo's simulated shop. Each part says which.
- **median [least – most]** of the repeats; a figure without brackets was measured once. Database, worker, store and load generator share the machine.
- A worse number is reported like a better one. Where the machine was busy with other work, the part's first lines say so: its times are too long then.`

const NOT_YET = "_Not measured yet._"
const opening = (/** @type {string} */ name) => `<!-- bench ${name} -->`
const closing = (/** @type {string} */ name) => `<!-- end ${name} -->`

/**
 * @param {string} page
 * @param {Bench} name
 * @returns {string | null} what stands between the part's marks
 */
export function partOf(page, name) {
  const from = page.indexOf(opening(name))
  const to = page.indexOf(closing(name), from)
  return from < 0 || to < 0 ? null : page.slice(from + opening(name).length, to).trim()
}

/**
 * @param {string} before the page as it was; empty where there is none
 * @param {Partial<Record<Bench, string>>} parts those measured now
 * @returns {string} the page with these parts in place of their former ones
 */
export function updatePage(before, parts) {
  const sections = BENCHES.map((name) => `## ${TITLES[name]}\n\n${opening(name)}\n${parts[name]?.trim() ?? partOf(before, name) ?? NOT_YET}\n${closing(name)}`)
  return `${[INTRODUCTION, ...sections].join("\n\n")}\n`
}

/**
 * @param {readonly string[]} header
 * @param {readonly (readonly string[])[]} rows
 * @returns {string} a table in Markdown; all columns but the first stand right
 */
export function table(header, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`
  return [line(header), `|${header.map((_, column) => (column === 0 ? "---" : "---:")).join("|")}|`, ...rows.map(line)].join("\n")
}
