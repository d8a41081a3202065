/** What the rest of the plugin uses of replenishment. */
export { advise, MIN_HISTORY_WEEKS } from "./advise"
export { drawOutlook, type OutlookInput, type OutlookPart } from "./demand-outlook"
export { mergeSettings, OwnReplenishmentSettings } from "./replenishment-settings"
export type * from "./types"
export { OUTLOOK_DAYS, SUM_LEVELS } from "./types"
