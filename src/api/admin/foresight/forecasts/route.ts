import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { QUANTILE_LEVELS } from "../../../../domain/demand/types"
import { FORESIGHT_MODULE } from "../../../../modules/foresight/name"
import type ForesightModuleService from "../../../../modules/foresight/service"
import type { ForecastsAnswer } from "../../../answers"
import { handle } from "../../../handle"
import type { ForecastsQuery } from "../validators"

/** Stored forecasts of some variants, one row a variant and location; `quantiles` has a row a period and a column a level. */
export const GET = handle(async (req: AuthenticatedMedusaRequest, res: MedusaResponse<ForecastsAnswer>) => {
  const { stores } = req.scope.resolve<ForesightModuleService>(FORESIGHT_MODULE)
  const { variant_id: variantIds } = req.validatedQuery as ForecastsQuery
  const forecasts = await stores.forecasts.ofVariants(variantIds)
  const levels = QUANTILE_LEVELS.length
  res.json({
    quantile_levels: [...QUANTILE_LEVELS],
    forecasts: forecasts.map((forecast) => ({
      variant_id: forecast.variantId,
      location_id: forecast.locationId,
      first_day: forecast.firstDay,
      frequency: forecast.frequency,
      mean: forecast.mean,
      quantiles: forecast.mean.map((_, period) => forecast.quantiles.slice(period * levels, (period + 1) * levels)),
      history_weeks: forecast.historyWeeks,
      model_version_id: forecast.modelVersionId,
      computed_at: forecast.computedAt.toISOString(),
    })),
  })
})
