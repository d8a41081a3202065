import { ForesightError } from "../errors"
import { seriesLosses, totalOf, type Origin, type OriginScores } from "./backtest-scores"
import { forEachClass } from "./class-of"
import { pairedGain, SURE } from "./paired-gain"
import type { DemandClass } from "./types"

/** Series × origins below which a class takes what is best for all. */
const LEAST_PAIRS = 20
/** Share of loss by which a class's own best must beat the best of all classes together before the class leaves it: single origins share one fate. */
const LEAST_GAIN = 0.02
/** Share of loss by which the choice may be worse than the best single model. */
const MOST_REGRET = 0.01

/** One way to forecast, with its scores at each origin. */
export interface Candidate<Value> {
  value: Value
  scores: readonly OriginScores[]
}

/** Which model serves which class. The static choice serves until it is beaten: another model takes its place for the whole shop only where the paired
 * bootstrap over series is sure, or where keeping the static choice would cost more than 1% beside the best single model. A class leaves the shop's model
 * for its own best where that gains 2% and the bootstrap is sure. So, on these origins, the choice is at most 1% worse than the best single model.
 * @param candidates At least one; earlier ones win ties. @param usual Name of the static choice; the first candidate where it is missing.
 * @throws ForesightError `invalid_model` without a candidate.
 */
export function chooseModels(candidates: readonly Candidate<string>[], origins: readonly Origin[], usual: string, seed: number): Record<DemandClass, string> {
  const [first] = candidates
  if (!first) throw new ForesightError("invalid_model", "candidates is empty; expected at least one")
  const lossesOf = ({ scores }: Candidate<string>, only?: DemandClass) => seriesLosses(origins, (at, demandClass) => (only && demandClass !== only ? null : scores[at]))
  const isSure = (one: Candidate<string>, other: Candidate<string>, only?: DemandClass) => pairedGain(lossesOf(one, only), lossesOf(other, only), seed).share >= SURE
  const total = (one: Candidate<string>) => totalOf(one.scores).sumPinball
  const best = leastLoss(candidates, total)
  const known = candidates.find(({ value }) => value === usual) ?? first
  const shop = total(known) > (1 + MOST_REGRET) * total(best) + ROUNDING || isSure(best, known) ? best : known
  return forEachClass((demandClass) => {
    const inClass = (one: Candidate<string>) => classLoss(one.scores, demandClass)
    const own = leastLoss(candidates, inClass)
    const gains = classPairs(shop.scores, demandClass) >= LEAST_PAIRS && inClass(own) < (1 - LEAST_GAIN) * inClass(shop)
    return (gains && isSure(own, shop, demandClass) ? own : shop).value
  })
}

/** The setting of one model with the least loss in a class; that of all classes together unless the class gains 2% by its own. */
export function bestSetting<Value>(candidates: readonly Candidate<Value>[], demandClass: DemandClass): Value {
  const inClass = (one: Candidate<Value>) => classLoss(one.scores, demandClass)
  const overall = leastLoss(candidates, ({ scores }) => totalOf(scores).sumPinball)
  const own = leastLoss(candidates, inClass)
  return (classPairs(overall.scores, demandClass) >= LEAST_PAIRS && inClass(own) < (1 - LEAST_GAIN) * inClass(overall) ? own : overall).value
}

/** Loss in units below which two sums of floating-point numbers count as equal. */
const ROUNDING = 1e-9
const classLoss = (scores: readonly OriginScores[], demandClass: DemandClass) => scores.reduce((sum, { byClass }) => sum + byClass[demandClass].sumPinball, 0)
const classPairs = (scores: readonly OriginScores[], demandClass: DemandClass) => scores.reduce((sum, { byClass }) => sum + byClass[demandClass].count, 0)

const leastLoss = <Value>(candidates: readonly Candidate<Value>[], loss: (candidate: Candidate<Value>) => number): Candidate<Value> =>
  candidates.reduce((best, candidate) => (loss(candidate) < loss(best) - ROUNDING ? candidate : best))
