import type { DemandModel } from "../domain/demand/types"

/** A model that learnt from a panel's periods before a limit, and what a choice between models may look at. */
export interface FittedDemand {
  /** Learnt from everything before the limit. */
  model: DemandModel
  /** At each validation origin learnt from what precedes it; trees are told by the blocks themselves when to stop, and how far their outer levels lie. */
  early: DemandModel
}
