import { etsMember } from "./ets"

/** Level, trend and additive season of the item's own where two seasons of at most 24 periods are known; else level and trend, times the season that is pooled.
 * Always with a trend: for shops that grow steadily, and dangerous elsewhere.
 * @see Winters (1960), Management Science 6(3).
 */
export const holtWinters = etsMember("holt-winters", (known, season) => [{ trend: known > 4 ? "additive" : "none", season: season > 0 && known >= 2 * season + 5 ? season : 0 }])
