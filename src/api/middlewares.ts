import { authenticate, defineMiddlewares, validateAndTransformBody } from "@medusajs/framework/http"
import type { ZodType } from "zod"
import { AdviceExportQuery, AdviceQuery, BackfillBody, ConversionQuery, ForecastsQuery, ItemSettingsBody, ModelsQuery, PageQuery, ProductRecommendationsQuery, RatesBody, TrainingBody } from "./admin/foresight/validators"
import { CleaningSettingsBody, ExcludeBody, ExcludeLineBody, RestoreBody, SetAsideQuery } from "./admin/foresight/data/validators"
import { DemandQuery, DemandSeriesQuery, NewcomersQuery, OverrideBody, OverridesQuery, ReplacementBody, ReplacementsQuery, WhatIfQuery } from "./admin/foresight/demand/validators"
import { ImportQuery } from "./admin/foresight/imports/import-query"
import { checkedQuery as query } from "./query-middleware"
import { EventBatch, RecommendationsBody, RecommendationsQuery } from "./store/foresight/validators"

const read = [{ resource: "foresight", operation: "read" }]
const update = [{ resource: "foresight", operation: "update" }]
/** A visitor is welcome; a logged-in customer is known by Medusa's auth. */
const customerIfLoggedIn = authenticate("customer", ["session", "bearer"], { allowUnauthenticated: true })
// as in checkedQuery()
const body = (schema: ZodType) => validateAndTransformBody(schema as never)

export default defineMiddlewares({
  routes: [
    { matcher: "/store/foresight/events", methods: ["POST"], bodyParser: { sizeLimit: "512kb" }, middlewares: [customerIfLoggedIn, body(EventBatch)] },
    { matcher: "/store/foresight/recommendations", methods: ["POST"], middlewares: [customerIfLoggedIn, body(RecommendationsBody)] },
    { matcher: "/store/foresight/recommendations", methods: ["GET"], middlewares: [customerIfLoggedIn, query(RecommendationsQuery)] },

    { matcher: "/admin/foresight*", methods: ["GET"], policies: read },
    { matcher: "/admin/foresight*", methods: ["POST", "DELETE"], policies: update },
    { matcher: "/admin/foresight/advice", methods: ["GET"], middlewares: [query(AdviceQuery)] },
    { matcher: "/admin/foresight/advice/export", methods: ["GET"], middlewares: [query(AdviceExportQuery)] },
    { matcher: "/admin/foresight/forecasts", methods: ["GET"], middlewares: [query(ForecastsQuery)] },
    { matcher: "/admin/foresight/recommendations", methods: ["GET"], middlewares: [query(ProductRecommendationsQuery)] },
    { matcher: "/admin/foresight/models", methods: ["GET"], middlewares: [query(ModelsQuery)] },
    { matcher: "/admin/foresight/imports", methods: ["GET"], middlewares: [query(PageQuery)] },
    { matcher: "/admin/foresight/imports", methods: ["POST"], bodyParser: false, middlewares: [query(ImportQuery)] },
    { matcher: "/admin/foresight/data/excluded", methods: ["GET"], middlewares: [query(SetAsideQuery)] },
    { matcher: "/admin/foresight/data/excluded", methods: ["POST"], middlewares: [body(ExcludeBody)] },
    { matcher: "/admin/foresight/data/excluded/restore", methods: ["POST"], middlewares: [body(RestoreBody)] },
    { matcher: "/admin/foresight/data/excluded/:day/:eventId/exclude", methods: ["POST"], middlewares: [body(ExcludeLineBody)] },
    { matcher: "/admin/foresight/data/settings", methods: ["POST"], middlewares: [body(CleaningSettingsBody)] },
    { matcher: "/admin/foresight/demand", methods: ["GET"], middlewares: [query(DemandQuery)] },
    { matcher: "/admin/foresight/demand/series", methods: ["GET"], middlewares: [query(DemandSeriesQuery)] },
    { matcher: "/admin/foresight/demand/newcomers", methods: ["GET"], middlewares: [query(NewcomersQuery)] },
    { matcher: "/admin/foresight/demand/overrides", methods: ["GET"], middlewares: [query(OverridesQuery)] },
    { matcher: "/admin/foresight/demand/overrides", methods: ["POST"], middlewares: [body(OverrideBody)] },
    { matcher: "/admin/foresight/demand/replacements", methods: ["GET"], middlewares: [query(ReplacementsQuery)] },
    { matcher: "/admin/foresight/demand/replacements", methods: ["POST"], middlewares: [body(ReplacementBody)] },
    { matcher: "/admin/foresight/demand/what-if", methods: ["GET"], middlewares: [query(WhatIfQuery)] },
    { matcher: "/admin/foresight/backfill", methods: ["POST"], middlewares: [body(BackfillBody)] },
    { matcher: "/admin/foresight/settings/rates", methods: ["GET"], middlewares: [query(PageQuery)] },
    { matcher: "/admin/foresight/settings/rates", methods: ["POST"], middlewares: [body(RatesBody)] },
    { matcher: "/admin/foresight/settings/rates/conversion", methods: ["GET"], middlewares: [query(ConversionQuery)] },
    { matcher: "/admin/foresight/trainings", methods: ["GET"], middlewares: [query(PageQuery)] },
    { matcher: "/admin/foresight/trainings", methods: ["POST"], middlewares: [body(TrainingBody)] },
    { matcher: "/admin/foresight/inventory-items/:id/settings", methods: ["POST"], middlewares: [body(ItemSettingsBody)] },
  ],
})
