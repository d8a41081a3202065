import { smoothedLevels } from "./exponential-smoothing"
import { levelMember } from "./level-member"

/** Exponential smoothing of deseasonalised demand times the season of the category and the item (`chooseSeason`): single items are often too thin for a
 * season of their own. Under a year and a half it is plain exponential smoothing.
 */
export const seasonalSmoothing = levelMember("seasonal-smoothing", smoothedLevels)
