import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { FORESIGHT_MODULE } from "../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../modules/foresight/service"
import { medusaShopReader } from "../../../../shop/medusa-shop-reader"
import type { GraphQuery } from "../../../../shop/graph-reader"
import type { ImportAnswer, ImportCheckAnswer, ImportListAnswer } from "../../../answers"
import { handle } from "../../../handle"
import { importAnswer, importCheckAnswer } from "../to-answers"
import type { PageQuery } from "../validators"
import { uploadedBytes } from "./uploaded-bytes"
import type { ImportQuery } from "./import-query"

/** Import reports, newest first. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<ImportListAnswer>) => {
  const { stores } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { limit, offset } = req.validatedQuery as PageQuery
  const { imports, count } = await stores.imports.list({ limit, offset })
  res.json({ imports: imports.map(importAnswer), count, limit, offset })
})

/** Takes a file as the raw body, CSV or gzip; with `dry_run=true` says what an import would do and writes nothing. */
export const POST = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<{ import: ImportAnswer } | { check: ImportCheckAnswer }>) => {
  const { imports } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { file_name: fileName, dry_run: isDryRun, ...choices } = req.validatedQuery as ImportQuery
  const bytes = uploadedBytes(req)
  try {
    const upload = { fileName, choices, bytes }
    if (isDryRun) {
      const reader = medusaShopReader(req.scope.resolve<GraphQuery>(ContainerRegistrationKeys.QUERY))
      res.json({ check: importCheckAnswer(fileName, await imports.check(upload, reader)) })
      return
    }
    res.status(202).json({ import: importAnswer(await imports.take(upload)) })
  } finally {
    await bytes.return(undefined)
  }
})
