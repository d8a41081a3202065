import { BOOSTED_MODEL } from "./boosted/boosted-model"
import { forEachClass } from "./class-of"
import type { MemberWeights } from "./ensemble"
import type { DemandClass } from "./types"

/** The nets of the static choice: one architecture from two seeds, whose average is steadier and better than either. */
export const USUAL_NETS = { first: "lstm", second: "lstm-2" } as const

/** The static choice: trees, nets and two unlike ways to forecast beside them; no net for intermittent items, whose demand the trees count; newcomers also borrow. It serves until other weights are better
 * beyond chance: weights fitted to one or two blocks were up to 1% worse on the next. Chosen on origins before the test part of Online Retail, Walmart, carparts and uci weekly:
 * docs/models/ensemble.md. Members that are missing leave their share to the rest.
 */
export const USUAL_WEIGHTS: Record<DemandClass, MemberWeights> = {
  ...forEachClass(() => ({ [BOOSTED_MODEL]: 0.4, [USUAL_NETS.first]: 0.25, [USUAL_NETS.second]: 0.25, ridge: 0.05, "negative-binomial-smoothing": 0.05 })),
  intermittent: { [BOOSTED_MODEL]: 0.9, ridge: 0.05, "negative-binomial-smoothing": 0.05 },
  new: { [BOOSTED_MODEL]: 0.32, [USUAL_NETS.first]: 0.2, [USUAL_NETS.second]: 0.2, ridge: 0.04, "negative-binomial-smoothing": 0.04, borrowed: 0.2 },
}

/** Where too little is known for nets. */
export const USUAL_WEIGHTS_WITHOUT_NET: Record<DemandClass, MemberWeights> = {
  ...forEachClass(() => ({ [BOOSTED_MODEL]: 0.7, ridge: 0.15, "negative-binomial-smoothing": 0.15 })),
  new: { [BOOSTED_MODEL]: 0.49, ridge: 0.105, "negative-binomial-smoothing": 0.105, borrowed: 0.3 },
}
