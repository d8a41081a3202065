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
import { createRetentionStore } from "./stores/retention-store"
import { createSettingStore } from "./stores/setting-store"
import { createStagingStore } from "./stores/staging-store"
import { createStockStore } from "./stores/stock-store"
import { createTrainingRunStore } from "./stores/training-run-store"
import { createArrivalStore } from "./stores/arrival-store"
import { createCleaningSettingStore } from "./stores/cleaning-setting-store"
import { createCleaningStore } from "./stores/cleaning-store"
import { createSetAsideStore } from "./stores/set-aside-store"
import { createIdentityStore } from "./stores/identity-store"
import { createOrderStore } from "./stores/order-store"
import { createPriceStore } from "./stores/price-store"
import { createPromotionStore } from "./stores/promotion-store"
import { createRateStore } from "./stores/rate-store"
import { createReconcileStore } from "./stores/reconcile-store"
import { createDemandOverrideStore } from "./stores/demand-override-store"
import { createDemandSeriesStore } from "./stores/demand-series-store"
import { createDemandWeekStore } from "./stores/demand-week-store"
import { createForecastHistoryStore } from "./stores/forecast-history-store"
import { createPriceResponseStore } from "./stores/price-response-store"
import { createNewcomerStore } from "./stores/newcomer-store"
import { createReplacementStore } from "./stores/replacement-store"

/** All stores over one connection pool; a composition root makes them once. */
export const createStores = (dataSource: DataSource) => ({
  events: createEventStore(dataSource),
  exclusions: createExclusionStore(dataSource),
  arrivals: createArrivalStore(dataSource),
  cleaning: createCleaningStore(dataSource),
  cleaningSettings: createCleaningSettingStore(dataSource),
  setAside: createSetAsideStore(dataSource),
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
  staging: createStagingStore(dataSource),
  recommendations: createRecommendationStore(dataSource),
  retention: createRetentionStore(dataSource),
  identities: createIdentityStore(dataSource),
  orders: createOrderStore(dataSource),
  prices: createPriceStore(dataSource),
  promotions: createPromotionStore(dataSource),
  rates: createRateStore(dataSource),
  reconcile: createReconcileStore(dataSource),
  demandSeries: createDemandSeriesStore(dataSource),
  demandWeeks: createDemandWeekStore(dataSource),
  demandOverrides: createDemandOverrideStore(dataSource),
  forecastHistory: createForecastHistoryStore(dataSource),
  replacements: createReplacementStore(dataSource),
  priceResponses: createPriceResponseStore(dataSource),
  newcomers: createNewcomerStore(dataSource),
})
export type Stores = ReturnType<typeof createStores>
