import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { stringify } from "csv-stringify/sync"
import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { AdviceOrder, StoredAdvice } from "../../../../../database/stores/advice-store"
import { FORESIGHT_MODULE } from "../../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../../modules/foresight/service"
import { handle } from "../../../../handle"
import type { AdviceExportQuery } from "../../validators"

const COLUMNS: [string, (row: StoredAdvice) => string | number | null][] = [
  ["sku", (row) => row.sku],
  ["title", (row) => row.title],
  ["location", (row) => row.locationName ?? row.advice.locationId],
  ["status", (row) => row.advice.status],
  ["order_quantity", (row) => row.advice.orderQuantity],
  ["order_by", (row) => row.advice.orderBy],
  ["stockout_probability", (row) => row.advice.stockoutProbability],
  ["days_of_cover", (row) => row.advice.daysOfCover],
  ["on_hand", (row) => row.advice.stock.onHand],
  ["reserved", (row) => row.advice.stock.reserved],
  ["incoming", (row) => row.advice.stock.incoming],
  ["expected_demand", (row) => row.advice.expectedDemand],
  ["safety_stock", (row) => row.advice.safetyStock],
  ["reorder_point", (row) => row.advice.reorderPoint],
  ["order_up_to", (row) => row.advice.orderUpTo],
  ["lead_time_days", (row) => row.advice.settings.leadTimeDays],
  ["reason", (row) => row.advice.reason],
  ["assumed", (row) => row.advice.assumed.join(" ")],
  ["inventory_item_id", (row) => row.advice.inventoryItemId],
  ["location_id", (row) => row.advice.locationId],
  ["computed_at", (row) => row.computedAt.toISOString()],
]

// A title that a spreadsheet would run as a formula is made plain text (OWASP, CSV Injection).
const csv = (rows: (string | number | null)[][]) => stringify(rows, { escape_formulas: true, record_delimiter: "windows" })

/** The advice list as CSV, streamed: memory stays flat however large the shop. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  const { stores } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { q, status, location_id: locationId, order } = req.validatedQuery as AdviceExportQuery
  const pages = stores.advice.stream({ ...(q && { q }), ...(status && { status }), ...(locationId && { locationId }), order: order as AdviceOrder })
  res.setHeader("Content-Type", "text/csv; charset=utf-8")
  res.setHeader("Content-Disposition", `attachment; filename="reorder-advice.csv"`)
  try {
    // pipeline ends the pages, and with them their connection, also when the client leaves half-way
    await pipeline(Readable.from(text(pages)), res)
  } catch (error) {
    if (!res.destroyed) throw error
  }
})

async function* text(pages: AsyncIterable<StoredAdvice[]>): AsyncGenerator<string> {
  yield csv([COLUMNS.map(([name]) => name)])
  for await (const rows of pages) yield csv(rows.map((row) => COLUMNS.map(([, value]) => value(row))))
}
