import { BOOSTED_MODEL } from "./boosted/boosted-model"
import type { MemberWeights } from "./ensemble"

/** The static choice: trees, a small net and two unlike ways to forecast beside them. It serves until other weights are better beyond chance: weights fitted to one or two blocks were up to
 * 1% worse on the next. Chosen on origins before the test part of Online Retail, Walmart, carparts and uci weekly: docs/models/ensemble.md. Members that are missing leave their share to the rest.
 */
export const USUAL_WEIGHTS: MemberWeights = { [BOOSTED_MODEL]: 0.5, mlp: 0.3, ridge: 0.1, "negative-binomial-smoothing": 0.1 }

/** The same where there is enough for a second net, which reads the order of things; see docs/models/nets.md for how much is enough. */
export const USUAL_WEIGHTS_WITH_TWO_NETS: MemberWeights = { [BOOSTED_MODEL]: 0.45, lstm: 0.3, mlp: 0.15, ridge: 0.05, "negative-binomial-smoothing": 0.05 }

/** The same without a net: what the store's training averages, whose net is another one. */
export const USUAL_WEIGHTS_WITHOUT_NET: MemberWeights = { [BOOSTED_MODEL]: 0.7, ridge: 0.15, "negative-binomial-smoothing": 0.15 }
