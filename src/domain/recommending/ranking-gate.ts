import type { GateDecision } from "../training"

/** Fewer held-out cases than this say nothing about a model. */
const LEAST_CASES = 25

/**
 * Whether a recommender may serve: on the held-out time its NDCG@10 must be above popular-lately's, and not below that of the version in service
 * (the same recipe, refitted, is welcome: it knows newer days).
 * @param baselines `popular_lately` always; `serving` where a version is in service.
 * @param cases Held-out cases all of them were measured on.
 */
export function decideRanking({
  value,
  baselines,
  cases,
}: {
  value: number
  baselines: Record<string, number> & { popular_lately: number }
  cases: number
}): GateDecision {
  const { popular_lately: popular, serving } = baselines
  const decide = (promote: boolean, reason: string): GateDecision => ({ metric: "ndcg10", value, baselines, promote, reason })
  if (cases < LEAST_CASES) return decide(false, `Too little data: ${cases} held-out cases, at least ${LEAST_CASES} are needed; popular products serve.`)
  if (!(value > popular)) return decide(false, `NDCG@10 ${round(value)} does not beat popular-lately's ${round(popular)}.`)
  if (serving !== undefined && value < serving) return decide(false, `NDCG@10 ${round(value)} is below ${round(serving)} of the version in service.`)
  const beside = serving === undefined ? "" : ` and reaches the version in service (${round(serving)})`
  return decide(true, `NDCG@10 ${round(value)} beats popular-lately's ${round(popular)}${beside}.`)
}

function round(value: number): string {
  return value.toFixed(4)
}
