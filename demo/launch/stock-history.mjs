// The simulated shop is opened as if Foresight had watched its shelves from the first day on: only then do models and screens know what could not be sold.
import { createReadStream } from "node:fs"
import { createInterface } from "node:readline"

const ROWS_AT_ONCE = 20_000
const INSERT = `insert into foresight.stock_day (inventory_item_id, location_id, day, stocked, reserved, incoming, in_stock_fraction, assumed)
  select i.id, $6::jsonb ->> h.location, h.day, h.stocked, 0, 0, h.in_stock, false
    from unnest($1::text[], $2::text[], $3::date[], $4::float8[], $5::float8[]) as h(sku, location, day, stocked, in_stock)
    join inventory_item i on i.sku = h.sku and i.deleted_at is null
  on conflict do nothing returning 1`

/**
 * Writes the stock history of a simulated shop, day by day; kits have no stock of their own and are left out.
 * @param {Pick<import("./house.mjs").House, "postgres" | "database" | "seeded">} house
 * @param {string} file as `stockHistoryToCsv()` writes it
 * @returns {Promise<number>} days of items written
 */
export async function recordStockHistory({ postgres, database, seeded }, file) {
  const locations = JSON.stringify(seeded.locations)
  let written = 0
  /** @type {string[][]} */
  let rows = []
  const flush = async () => {
    const columns = [0, 1, 2, 3, 4].map((column) => rows.map((row) => row[column]))
    rows = []
    written += (await postgres.rows(database, INSERT, [...columns, locations])).length
  }
  let isHeader = true
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (isHeader) isHeader = false
    else rows.push(line.split(","))
    if (rows.length === ROWS_AT_ONCE) await flush()
  }
  if (rows.length > 0) await flush()
  return written
}
