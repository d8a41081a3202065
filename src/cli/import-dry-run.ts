import { ForesightError } from "../domain/errors"
import { readImport } from "../imports/import-reader"
import { readOptions, type FileChoices } from "../imports/import-options"
import { checkLines, foundFacts } from "../imports/stage-import"
import { SkuSample } from "../imports/sku-sample"
import { readStoreConfig, type StoreConfig } from "../shop/store-config"
import { refusalLines, tellDryRun, type SkuCheck } from "./import-answer"
import { EXIT, messageOf, say } from "./output"
import type { Progress } from "./progress"
import { createRefusalReport } from "./refusal-report"
import { bytesOf, type SalesFile } from "./sales-file"

interface DryRun {
  json: boolean
  /** Where refused lines are listed. */
  report: string
  isShifted: boolean
  progress: Progress
}

/** Reads and judges the file without writing anything; works outside a store too, where days are counted in UTC and SKUs are not looked up. */
export async function dryRun(file: SalesFile, choices: FileChoices, { json, report, isShifted, progress }: DryRun): Promise<number> {
  const config = storeHere()
  const options = readOptions(file.name, choices, { timeZone: config?.options.timezone ?? "UTC", now: new Date(), isShifted })
  const refusals = createRefusalReport(report)
  const skus = new SkuSample()
  const { facts, batches } = await readImport(bytesOf(file, (bytes) => progress.update("reading", bytes, file.bytes)), options)
  const hooks = { onRefused: refusals.add, onLines: () => undefined }
  const summary = await checkLines(facts, batches, hooks, (line) => skus.see(line))
  progress.stop()
  const refusedFile = await refusals.close()
  if (summary.read === 0) throw new ForesightError("invalid_file", `${file.name} has a header and no line after it; expected at least one`)
  for (const line of refusalLines(summary)) say(line)
  tellDryRun(json, file.name, { summary, found: foundFacts(facts, summary), refusedFile, skus: config ? await askShop(config, skus) : null })
  return summary.kept > 0 ? EXIT.done : EXIT.usage
}

function storeHere(): StoreConfig | null {
  try {
    return readStoreConfig(process.cwd())
  } catch (error) {
    if (error instanceof ForesightError && error.code === "not_found") return null
    throw error
  }
}

/** Only the shop itself knows its SKUs: its container is booted for the question, some five seconds. */
async function askShop(config: StoreConfig, skus: SkuSample): Promise<SkuCheck | null> {
  if (skus.isEmpty) return null
  say("asking the shop for its SKUs")
  try {
    const [{ bootShop }, { createLogger, medusaLogger }, { medusaShopReader }] = await Promise.all([
      import("../worker/boot-shop.js"),
      import("../worker/logger.js"),
      import("../shop/medusa-shop-reader.js"),
    ])
    const shop = await bootShop(config, medusaLogger(createLogger("silent")))
    try {
      return await skus.check(medusaShopReader(shop.query))
    } finally {
      await shop.shutdown()
    }
  } catch (error) {
    say(`SKUs were not looked up: ${messageOf(error)}`)
    return null
  }
}
