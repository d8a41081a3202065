// Which way of making the levels of a shop add up forecasts best, on the simulated shop: docs/models/hierarchy.md.
//   npx esbuild test/bench/hierarchy/measure-hierarchy.ts --bundle --platform=node "--external:@tensorflow/*" --outfile=.foresight/hierarchy.cjs && node .foresight/hierarchy.cjs [SEED] [trees]
import { BLOCKS_OF_A_FIT, validationOrigins } from "../../../src/domain/demand/choose-weights"
import { forEachClass } from "../../../src/domain/demand/class-of"
import { createEnsemble, type MemberWeights } from "../../../src/domain/demand/ensemble"
import { pinball, SCORE_LEVELS } from "../../../src/domain/demand/metrics"
import { createPathDraws } from "../../../src/domain/demand/path-draws"
import { STATISTICAL_MODELS } from "../../../src/domain/demand/registry"
import { selectQuantile } from "../../../src/domain/demand/select-quantile"
import { sumPaths, swingRatio } from "../../../src/domain/demand/sum-of-series"
import { QUANTILE_LEVELS, type DemandClass, type DemandForecast, type DemandModel } from "../../../src/domain/demand/types"
import { USUAL_WEIGHTS_WITHOUT_NET } from "../../../src/domain/demand/usual-weights"
import { fitBoostedDemand } from "../../../src/learning/fit-boosted-demand"
import { simulatedPanel } from "../../support/simulated-panel"
import { childrenOf } from "./children-of"
import { demandTree } from "./demand-tree"
import { reconcileByVariance } from "./reconcile-by-variance"
import { reconcileMinTrace } from "./reconcile-min-trace"

const HORIZON = 4
const ORIGINS = 6
/** Origins whose errors precede the first that is scored. */
const LEARNING = 2
const PATHS = 400
const CORRELATION = 0.25
const LEVELS = QUANTILE_LEVELS.length
const COLUMNS = SCORE_LEVELS.map((level) => QUANTILE_LEVELS.indexOf(level as (typeof QUANTILE_LEVELS)[number]))

/** WAPE and WQL of one way at one level. */
class Score {
  private off = 0
  private loss = 0
  private units = 0
  add(actual: number, mean: number, quantile: (level: number, column: number) => number): void {
    if (Number.isNaN(actual)) return
    this.units += actual
    this.off += Math.abs(actual - mean)
    SCORE_LEVELS.forEach((level, at) => (this.loss += (2 / SCORE_LEVELS.length) * pinball(level, actual, quantile(level, COLUMNS[at] ?? 0))))
  }
  toString = () => (this.units === 0 ? "–" : `${(this.off / this.units).toFixed(4)} / ${(this.loss / this.units).toFixed(4)}`)
}

const smoothing = forEachClass(() => ({ ridge: 0.5, "negative-binomial-smoothing": 0.5 }))
const mix = (weights: Record<DemandClass, MemberWeights>, members: readonly DemandModel[]) => createEnsemble("mix", members, { weights, factors: null })

async function main(seed: number, hasTrees: boolean): Promise<void> {
  const { panel, products } = simulatedPanel({ seed })
  const { parents, levels, sums } = demandTree(panel, products)
  const leaves = panel.series.length
  const origins = Array.from({ length: ORIGINS }, (_, at) => panel.periods.length - (ORIGINS - at) * HORIZON)
  const [first = 0] = origins
  const trees = hasTrees ? await fitBoostedDemand(panel, first, { horizon: HORIZON, sums: [HORIZON], seed, validation: validationOrigins(first, HORIZON, BLOCKS_OF_A_FIT) }) : null
  const below = trees ? mix(USUAL_WEIGHTS_WITHOUT_NET, [trees.model, ...STATISTICAL_MODELS]) : mix(smoothing, STATISTICAL_MODELS)
  const above = mix(smoothing, STATISTICAL_MODELS)
  const forecasts = origins.map((at) => [...below.forecast(panel, at, HORIZON), ...above.forecast(sums, at, HORIZON)])
  const all = [...panel.series, ...sums.series]
  const actual = (node: number, period: number) => all[node]?.units[period] ?? NaN

  const children = childrenOf(parents)
  const leavesOf = (node: number): number[] => (node < leaves ? [node] : (children[node] ?? []).flatMap(leavesOf))
  const members = [...parents.keys()].map(leavesOf)
  const draws = createPathDraws({ paths: PATHS, seed })
  const scores = new Map<string, Score[]>()
  const scoreOf = (way: string, level: number) => {
    const known = scores.get(way) ?? Array.from({ length: 4 }, () => new Score())
    scores.set(way, known)
    return known[level] as Score
  }
  for (const [index, at] of origins.entries()) {
    if (index < LEARNING) continue
    const now = forecasts[index] as DemandForecast[]
    const errors = [...parents.keys()].map((node) =>
      Float64Array.from(
        origins.slice(0, index).flatMap((past, which) => Array.from({ length: HORIZON }, (_, ahead) => (forecasts[which]?.[node]?.mean[ahead] ?? NaN) - actual(node, past + ahead)))
      )
    )
    const squares = errors.map((own) => own.filter((error) => !Number.isNaN(error))).map((own) => (own.length > 0 ? own.reduce((sum, error) => sum + error * error, 0) / own.length : 1))
    const isLeaf = (node: number) => node < leaves
    const ways: Record<string, (base: Float64Array) => Float64Array> = {
      "bottom-up": (base) => reconcileByVariance(parents, base, base.map((_, node) => (isLeaf(node) ? 1 : Infinity))),
      "top-down": (base) => reconcileByVariance(parents, base, base.map((mean, node) => (isLeaf(node) ? mean : parents[node] === -1 ? 0 : Infinity))),
      "WLS, structural": (base) => reconcileByVariance(parents, base, members.map((own) => own.length)),
      "WLS, variance": (base) => reconcileByVariance(parents, base, squares),
      "MinT, shrunk": (base) => reconcileMinTrace(parents, base, errors),
      "nothing: does not add up": (base) => base,
    }
    for (let ahead = 0; ahead < HORIZON; ahead++) {
      const base = Float64Array.from(now, ({ mean }) => mean[ahead] ?? 0)
      for (const [way, reconcile] of Object.entries(ways)) {
        reconcile(base).forEach((mean, node) => {
          const scale = (base[node] ?? 0) > 0 ? mean / (base[node] ?? 1) : 1
          scoreOf(way, levels[node] ?? 0).add(actual(node, at + ahead), mean, (_, column) => scale * (now[node]?.quantiles[ahead * LEVELS + column] ?? 0))
        })
      }
    }
    for (let node = leaves; node < parents.length; node++) {
      const own = members[node] ?? []
      const paths = sumPaths(own.map((leaf) => ({ forecast: { ...(now[leaf] as DemandForecast), correlation: CORRELATION }, index: leaf })), HORIZON, draws)
      const swing = Math.sqrt(swingRatio(own.map((leaf) => panel.series[leaf]?.units.subarray(Math.max(0, at - 60), at) ?? [])))
      for (let ahead = 0; ahead < HORIZON; ahead++) {
        const mean = own.reduce((sum, leaf) => sum + (now[leaf]?.mean[ahead] ?? 0), 0)
        const week = paths.slice(ahead * PATHS, (ahead + 1) * PATHS)
        scoreOf("bottom-up, drawn (the store's)", levels[node] ?? 0).add(actual(node, at + ahead), mean, (level) => Math.max(0, mean + swing * (selectQuantile(week, level) - mean)))
      }
    }
  }
  process.stdout.write(`seed ${seed}, ${hasTrees ? "static choice" : "smoothing"} below; WAPE / WQL of variants, products, categories, shop\n`)
  for (const [way, own] of scores) process.stdout.write(`${way.padEnd(32)} ${own.join("   ")}\n`)
}

void main(Number(process.argv[2] ?? 42), process.argv.includes("trees"))
