import type { DemandModel } from "../domain/demand/types"

/** A model that learnt from a panel's periods before a limit, and what a choice between models may look at. */
export interface FittedDemand {
  /** Learnt from everything before the limit. */
  model: DemandModel
  /** Learnt, at each validation origin, from nothing there or later. */
  early: DemandModel
}
