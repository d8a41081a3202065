import type { SeriesOutlook } from "../../src/database/stores/demand-series-store"
import { QUANTILE_LEVELS } from "../../src/domain/demand/types"
import type { PictureSeries } from "../../src/modules/foresight/demand-picture"

/** Surely 10 units a week: bands can be checked by hand. */
export const pictureSeries = (own: Partial<SeriesOutlook>, index: number): PictureSeries => ({
  variantId: "v1",
  locationId: "l1",
  productId: "p1",
  categoryId: "c1",
  categoryIds: ["c1"],
  sku: "CUP-S",
  variantTitle: "Small",
  productTitle: "Cup",
  thumbnail: null,
  inventoryItemIds: [],
  demandClass: "smooth",
  firstWeek: "2026-02-23",
  demand: [10],
  firstDay: "2026-03-02",
  frequency: "week",
  horizon: 8,
  mean: new Array<number>(8).fill(10),
  quantiles: new Array<number>(8 * QUANTILE_LEVELS.length).fill(10),
  correlation: 0,
  historyWeeks: 52,
  reasons: null,
  modelVersionId: null,
  index,
  overriddenBy: [],
  modelMean: [],
  ...own,
})
