import type { Day } from "../day"
import { classOf, DEMAND_CLASSES, forEachClass } from "./class-of"
import { describeWeights } from "./describe-weights"
import type { MemberWeights } from "./ensemble"
import { pinball, SCORE_COLUMNS, SCORE_LEVELS } from "./metrics"
import { pairedGain, SURE } from "./paired-gain"
import { QUANTILE_LEVELS, type DemandClass, type DemandForecast, type DemandPanel } from "./types"

/** Weights per class, and what they were chosen by. */
export interface ChosenWeights {
  weights: Record<DemandClass, MemberWeights>
  /** First periods forecast in the validation, all before the limit; empty where the history was too short for any. */
  origins: Day[]
  /** Mean of the WQL of single periods and of each sum that is wanted, on the validation origins: per member and, as `chosen`, of the weights that each class was given. */
  losses: Record<string, number>
  /** Series × origins per class. */
  pairs: Record<DemandClass, number>
  /** One plain sentence per class that has series. */
  reasons: string[]
}

/** Members taken one after another, with repetition: weights are multiples of 1 / 12 before they are shrunk. */
const ROUNDS = 12
/** Share of the plain average of the members that are not clearly worse than the best. */
const SHRINK = 0.5
/** A member whose validation loss is above this multiple of the best member's has no part in the plain average. */
const CLEARLY_WORSE = 1.05
/** Series × origins below which a class takes the weights of all. */
const LEAST_PAIRS = 100
const DRAWS = 200
/** How far the weights go towards the best of the validation, and the share of loss that each step must gain on every block: the series of a block share one fate. */
const STEPS = [
  { share: 0.5, leastGain: 0.01 },
  { share: 1, leastGain: 0.03 },
] as const
/** Share of all pairs above which a class is the shop and needs no weights of its own. */
const WHOLE_SHOP = 0.8
const LEVELS = QUANTILE_LEVELS.length

/** Weights of the members, in their order, for each class. */
type Standing = Record<DemandClass, readonly number[]>

/** One target of the validation: a period or a sum of one series. */
interface Target {
  /** First period of the validation block it lies in. */
  origin: number
  actual: number
  weight: number
  series: number
  demandClass: DemandClass
  /** Quantiles at `SCORE_LEVELS`, member-major. */
  quantiles: Float64Array
}

type WeightsOf = (target: Target) => readonly number[]

/** All validation targets with every member's quantiles. */
export class LossTable {
  private readonly targets: Target[] = []
  private readonly pairs = forEachClass(() => 0)

  constructor(private readonly members: number) {}

  /** Each kind of target (single periods, each sum) weighs by 1 / (number of kinds × its units), so that the loss is the mean of their WQL. */
  add(panel: DemandPanel, origin: number, horizon: number, sums: readonly number[], forecasts: readonly DemandForecast[][]): void {
    const kinds: { from: number; to: number; pick: (forecast: DemandForecast) => Float64Array }[][] = [
      Array.from({ length: horizon }, (_, ahead) => ({
        from: ahead,
        to: ahead + 1,
        pick: ({ quantiles }) => quantiles.subarray(ahead * LEVELS, (ahead + 1) * LEVELS),
      })),
      ...sums.filter((periods) => periods <= horizon).map((periods) => [{ from: 0, to: periods, pick: (forecast: DemandForecast) => sumOf(forecast, periods) }]),
    ]
    panel.series.forEach((series) => {
      if (series.firstPeriod < origin) this.pairs[classOf(series, origin)]++
    })
    for (const kind of kinds) {
      const found: Target[] = []
      let units = 0
      panel.series.forEach((series, index) => {
        if (series.firstPeriod >= origin) return
        const demandClass = classOf(series, origin)
        for (const { from, to, pick } of kind) {
          let actual = 0
          for (let period = origin + from; period < origin + to; period++) actual += series.units[period] ?? NaN
          if (Number.isNaN(actual)) continue
          const quantiles = new Float64Array(this.members * SCORE_COLUMNS.length)
          forecasts.forEach((member, at) => {
            const own = pick(member[index] as DemandForecast)
            SCORE_COLUMNS.forEach((column, level) => (quantiles[at * SCORE_COLUMNS.length + level] = own[column] ?? 0))
          })
          units += Math.abs(actual)
          found.push({ origin, actual, weight: 0, series: index, demandClass, quantiles })
        }
      })
      const weight = units > 0 ? 2 / (SCORE_LEVELS.length * kinds.length * units) : 0
      for (const target of found) this.targets.push(Object.assign(target, { weight }))
    }
  }

  /** @param usual Weights that each class starts from; members that are missing leave theirs to the rest. @param isGiven Whether they stay as they are. */
  choose(names: readonly string[], usual: Record<DemandClass, MemberWeights>, seed: number, origins: Day[], isGiven = false): ChosenWeights {
    const standing = forEachClass((demandClass) => standingWeights(names, usual[demandClass]))
    const all = isGiven ? standing : this.betterOf(this.targets, standing, seed)
    const shops = all === standing ? "the usual weights" : "the shop's weights"
    const given = { ...all }
    const reasons: string[] = []
    const total = Object.values(this.pairs).reduce((sum, pairs) => sum + pairs, 0)
    const named = (values: readonly number[]) => Object.fromEntries(names.flatMap((name, at) => ((values[at] ?? 0) > 0 ? [[name, values[at] ?? 0]] : [])))
    for (const demandClass of DEMAND_CLASSES) {
      const own = this.targets.filter((target) => target.demandClass === demandClass)
      let chosen = all
      let why = `too few series of its own; ${shops}`
      if (isGiven) why = "weights that were given"
      else if (this.pairs[demandClass] > WHOLE_SHOP * total) why = `nearly the whole shop; ${shops}`
      else if (this.pairs[demandClass] >= LEAST_PAIRS) {
        chosen = this.betterOf(own, all, seed)
        why = chosen === all ? `no weights of its own beat ${shops} beyond chance` : `weights of its own beat ${shops} beyond chance`
      }
      given[demandClass] = chosen[demandClass]
      if (this.pairs[demandClass] > 0) reasons.push(`${demandClass} (${this.pairs[demandClass]} series × origins): ${why}: ${describeWeights(named(chosen[demandClass]))}`)
    }
    const alone = this.lossesWith(this.targets, new Float64Array(this.targets.length * SCORE_COLUMNS.length), 1)
    const losses = Object.fromEntries(names.map((name, at) => [name, (alone[at] ?? 0) / Math.max(1, origins.length)]))
    return {
      weights: forEachClass((demandClass) => named(given[demandClass])),
      origins,
      losses: { ...losses, chosen: this.loss(this.targets, byClass(given)) / Math.max(1, origins.length) },
      pairs: this.pairs,
      reasons,
    }
  }

  /** Standing weights, or some of the way from them to the best ones of these targets where that gains enough on every block, and beyond chance. */
  private betterOf(targets: readonly Target[], standing: Standing, seed: number): Standing {
    const sold = targets.filter(({ weight }) => weight > 0)
    const blocks = [...new Set(sold.map(({ origin }) => origin))].map((first) => sold.filter(({ origin }) => origin === first))
    if (blocks.length === 0) return standing
    const best = this.weightsOf(targets)
    let chosen = standing
    for (const { share, leastGain } of STEPS) {
      const candidate = forEachClass((demandClass) => best.map((weight, at) => share * weight + (1 - share) * (standing[demandClass][at] ?? 0)))
      const [ofCandidate, ofChosen] = [byClass(candidate), byClass(chosen)]
      const gains = blocks.every((block) => this.loss(block, ofCandidate) < (1 - leastGain) * this.loss(block, ofChosen))
      if (gains && this.shareBetter(targets, ofCandidate, ofChosen, seed) >= SURE) chosen = candidate
    }
    return chosen
  }

  /** Greedy selection, shrunk to the plain average of the members that are not clearly worse than the best. */
  private weightsOf(targets: readonly Target[]): number[] {
    const counts = new Array<number>(this.members).fill(0)
    const taken = new Float64Array(targets.length * SCORE_COLUMNS.length)
    const alone = this.lossesWith(targets, taken, 1)
    const best = Math.min(...alone)
    const near = alone.map((loss) => (loss <= best * CLEARLY_WORSE ? 1 : 0))
    for (let round = 1; round <= ROUNDS; round++) {
      const losses = this.lossesWith(targets, taken, round)
      const next = losses.indexOf(Math.min(...losses))
      counts[next]! += 1
      targets.forEach(({ quantiles }, at) => {
        for (let level = 0; level < SCORE_COLUMNS.length; level++) taken[at * SCORE_COLUMNS.length + level]! += quantiles[next * SCORE_COLUMNS.length + level] ?? 0
      })
    }
    const even = near.reduce<number>((sum, value) => sum + value, 0)
    return counts.map((count, at) => (SHRINK * (near[at] ?? 0)) / even + ((1 - SHRINK) * count) / ROUNDS)
  }

  /** Per member: the loss of the plain average of it and `round − 1` others, whose quantiles' sums are `taken`. */
  private lossesWith(targets: readonly Target[], taken: Float64Array, round: number): number[] {
    const losses = new Array<number>(this.members).fill(0)
    targets.forEach(({ actual, weight, quantiles }, at) => {
      for (let member = 0; member < this.members; member++) {
        let sum = 0
        for (let level = 0; level < SCORE_COLUMNS.length; level++) {
          const value = ((taken[at * SCORE_COLUMNS.length + level] ?? 0) + (quantiles[member * SCORE_COLUMNS.length + level] ?? 0)) / round
          sum += pinball(SCORE_LEVELS[level] ?? 0.5, actual, value)
        }
        losses[member]! += weight * sum
      }
    })
    return losses
  }

  private loss(targets: readonly Target[], weightsOf: WeightsOf): number {
    let sum = 0
    for (const target of targets) sum += target.weight * lossOf(target, weightsOf(target))
    return sum
  }

  /** Share of bootstrap draws over series in which `candidate` loses less than `other`. */
  private shareBetter(targets: readonly Target[], candidate: WeightsOf, other: WeightsOf, seed: number): number {
    const perSeries = (weightsOf: WeightsOf) => {
      const losses = new Map<number, number>()
      for (const target of targets) losses.set(target.series, (losses.get(target.series) ?? 0) + target.weight * lossOf(target, weightsOf(target)))
      return Float64Array.from(losses.values())
    }
    return pairedGain(perSeries(candidate), perSeries(other), seed, DRAWS).share
  }
}

function byClass(standing: Standing): WeightsOf {
  return ({ demandClass }) => standing[demandClass]
}

function standingWeights(names: readonly string[], usual: MemberWeights): number[] {
  const given = names.map((name) => usual[name] ?? 0)
  const total = given.reduce((sum, weight) => sum + weight, 0)
  return given.map((weight) => (total > 0 ? weight / total : 1 / names.length))
}

const sumOf = ({ sums }: DemandForecast, wanted: number) => sums?.find(({ periods }) => periods === wanted)?.quantiles ?? new Float64Array(LEVELS)

function lossOf({ actual, quantiles }: Target, weights: readonly number[]): number {
  let sum = 0
  for (let level = 0; level < SCORE_COLUMNS.length; level++) {
    let value = 0
    for (let member = 0; member < weights.length; member++) {
      const weight = weights[member] ?? 0
      if (weight > 0) value += weight * (quantiles[member * SCORE_COLUMNS.length + level] ?? 0)
    }
    sum += pinball(SCORE_LEVELS[level] ?? 0.5, actual, value)
  }
  return sum
}
