import type { OnStep } from "./symmetric-inverse"
import { TopK } from "./top-k"
import type { RankingMetrics } from "./types"

/** One held-out moment: what came next, and everything wanted in the time after it. Indexes of items; `targets` is not empty. */
export interface RankingCase {
  first: number
  targets: readonly number[]
}

/**
 * Accuracy over held-out cases. **All** items are ranked; an item with the score of a target ranks before it (ties last),
 * and an item with a score ≤ 0 was not recommended at all.
 * HR@k and MRR@20 look for `first`; NDCG@10 for `targets`: Σ 1/log₂(rank + 1) over the best possible with min(10, |targets|) hits.
 * @param score Fills `scores`, zero before each call, one an item; −Infinity takes an item out.
 * @param onCase Called every 256 cases; may throw to stop.
 */
export async function evaluateRanking<Case extends RankingCase>({
  cases,
  itemCount,
  score,
  now,
  onCase,
}: {
  cases: readonly Case[]
  itemCount: number
  score: (held: Case, scores: Float64Array) => void
  /** Seconds of a running clock. */
  now: () => number
  onCase?: OnStep
}): Promise<RankingMetrics> {
  const started = now()
  const scores = new Float64Array(itemCount)
  const shown = new Uint8Array(itemCount)
  const best = new TopK(20)
  let ndcg10 = 0
  let hr10 = 0
  let hr20 = 0
  let mrr20 = 0
  for (const [done, held] of cases.entries()) {
    scores.fill(0)
    score(held, scores)
    let gain = 0
    for (const target of held.targets) {
      const rank = rankOf(target, scores)
      if (rank <= 10) gain += 1 / Math.log2(rank + 1)
    }
    ndcg10 += gain / idealGain(Math.min(10, held.targets.length))
    const first = rankOf(held.first, scores)
    if (first <= 10) hr10++
    if (first <= 20) {
      hr20++
      mrr20 += 1 / first
    }
    for (let item = 0; item < itemCount; item++) if (scores[item]! > 0) best.offer(item, scores[item]!)
    for (const { index } of best.drain()) shown[index] = 1
    if (done % 256 === 255) await onCase?.(done + 1, cases.length)
  }
  const users = cases.length
  const share = (sum: number) => (users === 0 ? 0 : sum / users)
  return {
    ndcg10: share(ndcg10),
    hr10: share(hr10),
    hr20: share(hr20),
    mrr20: share(mrr20),
    coverage20: itemCount === 0 ? 0 : shown.reduce((sum, one) => sum + one, 0) / itemCount,
    users,
    seconds: now() - started,
  }
}

function rankOf(target: number, scores: Float64Array): number {
  const own = scores[target]!
  if (!(own > 0)) return Infinity
  let rank = 0
  for (let item = 0; item < scores.length; item++) if (scores[item]! >= own) rank++
  return rank
}

function idealGain(hits: number): number {
  let gain = 0
  for (let rank = 1; rank <= hits; rank++) gain += 1 / Math.log2(rank + 1)
  return gain
}
