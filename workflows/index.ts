// The names under which Temporal knows the workflows: those of INTERFACES.md.
export { importHistory as "import-history" } from "./import-history"
export { nightly as "nightly" } from "./nightly"
export { reconcileShop as "reconcile-shop" } from "./reconcile-shop"
export { refreshAdvice as "refresh-advice" } from "./refresh-advice"
export { refreshForecasts as "refresh-forecasts" } from "./refresh-forecasts"
export { refreshRecommendations as "refresh-recommendations" } from "./refresh-recommendations"
export { retrainAfterOrders as "retrain-after-orders" } from "./retrain-after-orders"
export { trainModel as "train-model" } from "./train-model"
