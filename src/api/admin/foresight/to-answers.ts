import type { AdviceRow, StoredAdvice } from "../../../database/stores/advice-store"
import type { ImportFound, ImportReport } from "../../../database/stores/import-store"
import { importStage } from "../../../domain/imports/import-stage"
import type { ModelVersion } from "../../../database/stores/model-version-store"
import type { TrainingRun } from "../../../database/stores/training-run-store"
import type { UploadCheck } from "../../../modules/foresight/import-desk"
import type { ReplenishmentSettings } from "../../../domain/replenishment/types"
import type { AdviceAnswer, ImportAnswer, ImportCheckAnswer, ImportFoundAnswer, ModelAnswer, SettingName, SettingsAnswer, TrainingAnswer } from "../../answers"

/** Our names inside and the API's outside, one pair a setting. */
export const SETTING_NAMES: [keyof ReplenishmentSettings, SettingName][] = [
  ["leadTimeDays", "lead_time_days"],
  ["leadTimeSdDays", "lead_time_sd_days"],
  ["reviewDays", "review_days"],
  ["serviceLevel", "service_level"],
  ["coverDays", "cover_days"],
  ["moq", "moq"],
  ["packSize", "pack_size"],
]
const OUTSIDE_NAMES: Record<string, string> = { ...Object.fromEntries(SETTING_NAMES), openingStock: "opening_stock" }

/** Settings as the API names them. */
export function settingsAnswer(settings: ReplenishmentSettings): SettingsAnswer {
  return Object.fromEntries(SETTING_NAMES.map(([inside, outside]) => [outside, settings[inside]])) as unknown as SettingsAnswer
}

/** One advice row as the API shows it. */
export function adviceAnswer({ advice, computedAt, model, ...labels }: AdviceRow & { model: StoredAdvice["model"] }): AdviceAnswer {
  return {
    inventory_item_id: advice.inventoryItemId,
    location_id: advice.locationId,
    location_name: labels.locationName,
    sku: labels.sku,
    title: labels.title,
    thumbnail: labels.thumbnail,
    product_ids: labels.productIds,
    day: advice.day,
    computed_at: computedAt.toISOString(),
    status: advice.status,
    order_quantity: advice.orderQuantity,
    order_by: advice.orderBy,
    reorder_point: advice.reorderPoint,
    order_up_to: advice.orderUpTo,
    expected_demand: advice.expectedDemand,
    safety_stock: advice.safetyStock,
    days_of_cover: advice.daysOfCover,
    days_of_cover_low: advice.daysOfCoverLow,
    stockout_probability: advice.stockoutProbability,
    ledger: advice.ledger,
    reason: advice.reason,
    assumed: advice.assumed.map((name) => OUTSIDE_NAMES[name] ?? name),
    overridden_by: advice.overriddenBy,
    stock: { on_hand: advice.stock.onHand, reserved: advice.stock.reserved, incoming: advice.stock.incoming },
    settings: settingsAnswer(advice.settings),
    model,
  }
}

/** One training run as the API shows it. */
export function trainingAnswer(run: TrainingRun): TrainingAnswer {
  return {
    id: run.id,
    kind: run.kind,
    status: run.status,
    trigger: run.trigger,
    created_at: run.createdAt.toISOString(),
    finished_at: run.finishedAt?.toISOString() ?? null,
    progress: run.progress,
    loss_curve: run.lossCurve.map(({ step, loss }) => ({ step, loss })),
    gate: run.gate,
    error: run.error,
    model_version: run.modelVersion,
    backend: run.backend,
  }
}

/** One model version as the API shows it. */
export function modelAnswer(model: ModelVersion): ModelAnswer {
  return {
    id: model.id,
    kind: model.kind,
    version: model.version,
    status: model.status,
    algorithm: model.algorithm,
    created_at: model.createdAt.toISOString(),
    data_from: model.dataFrom,
    data_to: model.dataTo,
    seed: model.seed,
    backend: model.backend,
    seconds: model.seconds,
    bytes: model.byteCount,
    gate: model.gate,
    parameters: model.parameters,
    backtest: model.backtest,
  }
}

/** One import report as the API shows it. */
export function importAnswer(report: ImportReport): ImportAnswer {
  return {
    id: report.id,
    file_name: report.fileName,
    format: report.format,
    status: report.status,
    created_at: report.createdAt.toISOString(),
    finished_at: report.finishedAt?.toISOString() ?? null,
    lines_read: report.linesRead,
    lines_kept: report.linesKept,
    lines_duplicate: report.linesDuplicate,
    lines_refused: report.linesRefused,
    shifted_weeks: report.shiftWeeks,
    excluded: report.excluded,
    refused_sample: report.refusedSample,
    found: report.found && foundAnswer(report.found),
    error: report.error,
    progress: importProgress(report),
  }
}

function importProgress(report: ImportReport): ImportAnswer["progress"] {
  if (report.status === "staging") return { stage: "staging", done: report.linesRead, total: 0 }
  return report.status === "inserting" ? importStage(report) : null
}

const foundAnswer = ({ encoding, separator, decimal, dates, firstDay, lastDay, cut }: ImportFound): ImportFoundAnswer => ({
  ...{ encoding, separator, decimal, dates, cut },
  first_day: firstDay,
  last_day: lastDay,
})

/** What an import of a file would do, as the API shows it. */
export function importCheckAnswer(fileName: string, { summary, found, unknownSkus }: UploadCheck): ImportCheckAnswer {
  return {
    file_name: fileName,
    format: summary.format,
    lines_read: summary.read,
    lines_kept: summary.kept,
    lines_refused: summary.refused,
    excluded: summary.excluded,
    refused_sample: summary.sample,
    found: foundAnswer(found),
    unknown_skus: unknownSkus,
  }
}
