import { crostonSba } from "./croston-sba"
import { exponentialSmoothing } from "./exponential-smoothing"
import { seasonalNaive } from "./seasonal-naive"
import { seasonalSmoothing } from "./seasonal-smoothing"
import type { DemandModel } from "./types"

/** Models that need no training, in the order in which a tie between them is decided. The net joins them in training. */
export const STATISTICAL_MODELS: readonly DemandModel[] = [exponentialSmoothing, seasonalSmoothing, crostonSba, seasonalNaive]

/** The model every other one has to beat before it is served. */
export const NAIVE_MODEL = seasonalNaive.name
