import { z } from "zod"
import { CleaningSettingsBody, EventKeyParams, ExcludeBody, ExcludeLineBody, RestoreBody, SetAsideQuery } from "../admin/foresight/data/validators"
import { DemandQuery, DemandSeriesQuery, NewcomersQuery, OverrideBody, OverridesQuery, ReplacementBody, ReplacementsQuery, WhatIfQuery } from "../admin/foresight/demand/validators"
import { ImportQuery } from "../admin/foresight/imports/import-query"
import { UPLOAD_TYPES } from "../admin/foresight/imports/uploaded-bytes"
import {
  AdviceExportQuery,
  AdviceQuery,
  BackfillBody,
  ConversionQuery,
  ForecastsQuery,
  ItemSettingsBody,
  ModelsQuery,
  PageQuery,
  ProductRecommendationsQuery,
  RatesBody,
  TrainingBody,
} from "../admin/foresight/validators"
import type { RouteDescription } from "./route-description"

const by =
  (method: RouteDescription["method"]) =>
  (path: string, summary: string, more: Omit<RouteDescription, "method" | "path" | "summary">): RouteDescription => ({ method, path: `/admin/foresight${path}`, summary, ...more })
const get = by("GET")
const post = by("POST")
const remove = by("DELETE")

const LINE_IN_PATH = z.object({ day: EventKeyParams.shape.day, eventId: EventKeyParams.shape.event_id })

/** Routes of the admin. */
export const ADMIN_ROUTES: readonly RouteDescription[] = [
  get("/advice", "Reorder advice, the riskiest first", { query: AdviceQuery, answer: "AdviceListAnswer" }),
  get("/advice/export", "The same rows as a CSV file", { query: AdviceExportQuery, files: ["text/csv"] }),
  get("/inventory-items/:id/advice", "Advice on one inventory item from the stock of this moment", { answer: "ItemAdviceAnswer" }),
  post("/inventory-items/:id/settings", "Changes an item's own settings at a location", { body: ItemSettingsBody, answer: "ItemAdviceAnswer" }),
  get("/products/:id/advice", "Advice on all items of a product's variants", { answer: "ProductAdviceAnswer" }),
  get("/forecasts", "Stored forecasts of some variants", { query: ForecastsQuery, answer: "ForecastsAnswer" }),
  get("/demand", "What sold and what will, with its band, by shop, category, product or variant", { query: DemandQuery, answer: "DemandListAnswer" }),
  get("/demand/series", "One of them in full: past weeks, weeks ahead, promotions, stock-outs", { query: DemandSeriesQuery, answer: "DemandSeriesAnswer", refusals: [404] }),
  get("/demand/accuracy", "How good forecasts were, in the backtest and since", { answer: "DemandAccuracyAnswer" }),
  get("/demand/surprises", "The worst misses and what was odd last week, with reasons", { answer: "DemandSurprisesAnswer" }),
  get("/demand/newcomers", "New variants, the unsold first, and what others sold when they were new", { query: NewcomersQuery, answer: "NewcomerListAnswer" }),
  get("/demand/overrides", "Forecasts set by hand, or those whose days are over with what happened", { query: OverridesQuery, answer: "DemandOverrideListAnswer" }),
  post("/demand/overrides", "Sets a forecast by hand", { body: OverrideBody, status: 201, answer: { override: "DemandOverrideAnswer" }, refusals: [404] }),
  remove("/demand/overrides/:id", "Ends a forecast set by hand; it is kept", { answer: { override: "DemandOverrideAnswer" } }),
  get("/demand/replacements", "Variants that took others' places, newest first", { query: ReplacementsQuery, answer: "VariantReplacementListAnswer" }),
  post("/demand/replacements", "Lets a variant take another's place: it inherits its sales, and that is ordered no more", {
    body: ReplacementBody,
    status: 201,
    answer: { replacement: "VariantReplacementAnswer" },
    refusals: [404],
  }),
  remove("/demand/replacements/:id", "Ends a replacement; it is kept", { answer: { replacement: "VariantReplacementAnswer" } }),
  get("/demand/what-if", "What would sell at another price or in a promotion, where the history shows it", { query: WhatIfQuery, answer: "DemandWhatIfAnswer", refusals: [404] }),
  get("/recommendations", "What is shown beside a product", { query: ProductRecommendationsQuery, answer: "RecommendationsAnswer" }),
  get("/models", "Trained versions with backtest and gate, newest first", { query: ModelsQuery, answer: "ModelListAnswer" }),
  get("/trainings", "Training runs, newest first", { query: PageQuery, answer: "TrainingListAnswer" }),
  post("/trainings", "Starts a training, or answers the one of its kind that runs", { body: TrainingBody, status: 202, answer: { training: "TrainingAnswer" } }),
  get("/trainings/:id", "One training; as an event stream an event `training` now and after each change", {
    answer: { training: "TrainingAnswer" },
    files: ["text/event-stream"],
  }),
  remove("/trainings/:id", "Asks a training to stop", { status: 202, answer: { training: "TrainingAnswer" }, refusals: [400] }),
  get("/imports", "Imported files, newest first", { query: PageQuery, answer: "ImportListAnswer" }),
  post("/imports", "Takes a sales or event file as the raw body; with `dry_run` says what an import would do", {
    query: ImportQuery,
    upload: UPLOAD_TYPES,
    status: 202,
    answer: { import: "ImportAnswer" },
    otherwise: { check: "ImportCheckAnswer" },
  }),
  get("/imports/:id", "One import: how far it is, what was kept, what was refused", { answer: { import: "ImportAnswer" } }),
  remove("/imports/:id", "Stops an import, or gives up one that failed; what became events stays", { status: 202, answer: { import: "ImportAnswer" } }),
  get("/imports/:id/refusals", "The lines of an import that could not be read, for 30 days after its end", { files: ["text/csv"] }),
  get("/backfill", "How far the walk over all the shop's orders has come", { answer: "BackfillAnswer" }),
  post("/backfill", "Starts it; one that runs already goes on", { body: BackfillBody, status: 202, answer: "BackfillAnswer" }),
  get("/data", "What arrived, what does not count, and what is missing", { answer: "DataAnswer" }),
  get("/data/excluded", "Lines that do not count, and why", { query: SetAsideQuery, answer: "SetAsideListAnswer" }),
  post("/data/excluded", "Sets lines aside by hand", { body: ExcludeBody, answer: "SetAsideChangeAnswer" }),
  post("/data/excluded/restore", "Restores lines by name, or all of a reason or an import", { body: RestoreBody, answer: "SetAsideChangeAnswer" }),
  post("/data/excluded/:day/:eventId/restore", "Restores one line", { params: LINE_IN_PATH, answer: "SetAsideChangeAnswer" }),
  post("/data/excluded/:day/:eventId/exclude", "Sets one line aside by hand", { params: LINE_IN_PATH, body: ExcludeLineBody, answer: "SetAsideChangeAnswer" }),
  get("/data/settings", "By which rules lines are set aside", { answer: "CleaningSettingsAnswer" }),
  post("/data/settings", "Changes those rules", { body: CleaningSettingsBody, answer: "CleaningSettingsAnswer" }),
  get("/settings", "Defaults, and how long rows are kept", { answer: "SettingsPageAnswer" }),
  get("/settings/rates", "Rates between currencies, newest day first", { query: PageQuery, answer: "RatesAnswer" }),
  post("/settings/rates", "Writes rates; the same day and pair again overwrites", { body: RatesBody, status: 201, answer: { written: "number" } }),
  get("/settings/rates/conversion", "What an amount is worth in another currency, and by which rates", {
    query: ConversionQuery,
    answer: "ConversionAnswer",
    refusals: [404],
  }),
  get("/health", "Whether every part is there, and how fresh what it made is", { answer: "HealthAnswer" }),
]
