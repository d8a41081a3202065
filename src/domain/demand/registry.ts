import { adida } from "./adida"
import { borrowed } from "./borrowed"
import { croston } from "./croston"
import { crostonSba } from "./croston-sba"
import { ets } from "./ets"
import { exponentialSmoothing } from "./exponential-smoothing"
import { fading } from "./fading"
import { holtWinters } from "./holt-winters"
import { hurdle } from "./hurdle"
import { imapa } from "./imapa"
import { naive } from "./naive"
import { negativeBinomialSmoothing } from "./negative-binomial-smoothing"
import { pooledIndex } from "./pooled-index"
import { quantileRegressionMember } from "./quantile-regression-member"
import { ridge } from "./ridge"
import { seasonalNaive } from "./seasonal-naive"
import { seasonalSmoothing } from "./seasonal-smoothing"
import { theta } from "./theta"
import { tsb } from "./tsb"
import { willemain } from "./willemain"
import { historicAverage, windowAverage } from "./window-average"
import type { DemandModel } from "./types"

/** Models that need no training, in the order in which a tie between them is decided: each is the best for some kind of item. Trees and nets join them where they are fitted. */
export const STATISTICAL_MODELS: readonly DemandModel[] = [
  exponentialSmoothing,
  seasonalSmoothing,
  pooledIndex,
  ridge,
  negativeBinomialSmoothing,
  theta,
  tsb,
  imapa,
  ets,
  crostonSba,
  fading,
  borrowed,
  seasonalNaive,
]

/** Models that are asked for by name only: others do the same better, or quicker (docs/models/statistical.md). */
const BY_NAME_ONLY: readonly DemandModel[] = [adida, croston, hurdle, holtWinters, windowAverage, historicAverage, naive, quantileRegressionMember, willemain]

/** Every model that needs no training. */
export const NAMED_MODELS: readonly DemandModel[] = [...STATISTICAL_MODELS, ...BY_NAME_ONLY]

/** The model every other one has to beat before it is served. */
export const NAIVE_MODEL = seasonalNaive.name
