import type { DataSource } from "typeorm"
import { createAdviceStore } from "./stores/advice-store"
import { createCartStore } from "./stores/cart-store"
import { createCursorStore } from "./stores/cursor-store"
import { createDemandStore } from "./stores/demand-store"
import { createEventStore } from "./stores/event-store"
import { createExclusionStore } from "./stores/exclusion-store"
import { createForecastStore } from "./stores/forecast-store"
import { createImportStore } from "./stores/import-store"
import { createModelVersionStore } from "./stores/model-version-store"
import { createOutlookStore } from "./stores/outlook-store"
import { createRecommendationStore } from "./stores/recommendation-store"
import { createSettingStore } from "./stores/setting-store"
import { createStockStore } from "./stores/stock-store"
import { createTrainingRunStore } from "./stores/training-run-store"

/** All stores over one connection pool; a composition root makes them once. */
export const createStores = (dataSource: DataSource) => ({
  events: createEventStore(dataSource),
  exclusions: createExclusionStore(dataSource),
  demand: createDemandStore(dataSource),
  stock: createStockStore(dataSource),
  carts: createCartStore(dataSource),
  cursors: createCursorStore(dataSource),
  trainingRuns: createTrainingRunStore(dataSource),
  modelVersions: createModelVersionStore(dataSource),
  forecasts: createForecastStore(dataSource),
  outlooks: createOutlookStore(dataSource),
  advice: createAdviceStore(dataSource),
  settings: createSettingStore(dataSource),
  imports: createImportStore(dataSource),
  recommendations: createRecommendationStore(dataSource),
})
export type Stores = ReturnType<typeof createStores>
