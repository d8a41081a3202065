import { stringify } from "csv-stringify/sync"
import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { FORESIGHT_MODULE } from "../../../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../../../modules/foresight/service"
import { handle } from "../../../../../handle"
import { uuidOf } from "../../../path-ids"

/** The lines of an import that could not be read, as CSV; the first 10,000, for 30 days after its end. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  const { stores } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { id, fileName } = await stores.imports.get(uuidOf(req.params, "Import"))
  const refused = await stores.imports.refusals(id)
  const rows = [["line", "column", "value", "message"], ...refused.map(({ line, column, value, message }) => [String(line), column ?? "", value ?? "", message])]
  res.setHeader("Content-Type", "text/csv; charset=utf-8")
  res.setHeader("Content-Disposition", `attachment; filename*=UTF-8''${encodeURIComponent(`${fileName}.refused.csv`)}`)
  // a value that a spreadsheet would run as a formula is made plain text (OWASP, CSV Injection)
  res.send(stringify(rows, { escape_formulas: true, record_delimiter: "windows" }))
})
