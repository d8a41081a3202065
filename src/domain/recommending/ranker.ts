import type { RecommendationSource } from "./types"

/** One thing a person did, as a ranker sees it; `at` in ms since 1970. */
export interface Signal {
  productId: string
  weight: number
  at: number
}

/** A product a ranker proposes. `because` names what it follows from, the strongest first. */
export interface RankedProduct {
  productId: string
  score: number
  source: RecommendationSource
  because: string[]
}

/** Proposes at most `limit` known products for what a person did, best first, none twice; nothing to go by gives nothing. */
export type Ranker = (signals: readonly Signal[], limit: number) => RankedProduct[]
