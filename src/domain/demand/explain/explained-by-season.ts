import { chooseSeason } from "../season-choice"
import type { DemandModel } from "../types"
import { explainedByLevel } from "./explained-by-level"

/** The model with its parts, where it multiplies a level by the season that `chooseSeason` finds. */
export function explainedBySeason(model: DemandModel): DemandModel {
  return explainedByLevel(model, chooseSeason)
}
