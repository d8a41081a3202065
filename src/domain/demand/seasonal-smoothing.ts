import { smoothedLevels } from "./exponential-smoothing"
import { levelMember } from "./level-member"

/** Exponential smoothing of deseasonalised demand times the season of the category and the item (`chooseSeason`): single items are often too thin for a
 * season of their own. Under a year and a half it is plain exponential smoothing.
 * @see Brown (1959), Statistical Forecasting for Inventory Control; seasons of a group of items: Boylan, Chen, Mohammadipour & Syntetos (2014), J. Oper. Res. Soc. 65(2).
 */
export const seasonalSmoothing = levelMember("seasonal-smoothing", smoothedLevels)
