// What the worker offers to the workflows.
export { createAdviceActivities } from "./advice"
export { createDemandActivities } from "./demand"
export { createForecastActivities } from "./forecasts"
export { createImportActivities } from "./imports"
export { createReconcileActivities } from "./reconcile"
export { createRecommendationActivities } from "./recommendations"
export { createTrainingActivities } from "./training"
