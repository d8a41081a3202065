import { z } from "zod"
import { DEMAND_CLASSES } from "../demand/class-of"
import { describeWeights } from "../demand/describe-weights"
import { NAIVE_MODEL } from "../demand/registry"
import type { DemandClass } from "../demand/types"

/** How far off a model was on average, and how often its upper edge held. */
export interface PlainFigures {
  /** Σ|sold − expected| / Σ sold of single weeks. */
  off: number
  /** Σ(expected − sold) / Σ sold: above 0 where too much was expected. */
  bias: number
  /** Share of the sums over `sumWeeks` that ended at or below their 0.9 quantile; 0.9 is right. */
  belowUpper: number
}

/** A backtest in words that a shop owner knows. */
export interface PlainAccuracy {
  /** Weeks that are added up: lead time and review period. */
  sumWeeks: number
  /** Dates from which past weeks were forecast as if nothing after them were known, and those of them that the choice of models had not seen. */
  origins: string[]
  heldOutOrigins: string[]
  /** Of the models in use, on the held-out dates. */
  overall: PlainFigures
  /** The simplest rule on the same dates: what was sold a year ago, or in the weeks before. */
  naive: PlainFigures | null
  /** Per class on the held-out dates; `model` names its members and their shares. */
  classes: (PlainFigures & { demandClass: DemandClass; series: number; model: string })[]
}

const Figures = z.object({ wape: z.number(), bias: z.number(), coverage90: z.number() })
const Backtest = z.object({
  sumPeriods: z.number(),
  origins: z.array(z.string()),
  served: Figures.extend({ byClass: z.partialRecord(z.string(), Figures.extend({ seriesCount: z.number() })) }),
  heldOut: z.object({ origins: z.array(z.string()), models: z.record(z.string(), Figures) }),
  weights: z.record(z.string(), z.record(z.string(), z.number())),
})

/** Reads a stored backtest; `null` where it is of another kind of model, or of a version that kept other figures. */
export function plainAccuracy(backtest: unknown): PlainAccuracy | null {
  const parsed = Backtest.safeParse(backtest)
  if (!parsed.success) return null
  const { sumPeriods, origins, served, heldOut, weights } = parsed.data
  const naive = heldOut.models[NAIVE_MODEL]
  return {
    sumWeeks: sumPeriods,
    origins,
    heldOutOrigins: heldOut.origins,
    overall: figures(served),
    naive: naive ? figures(naive) : null,
    classes: DEMAND_CLASSES.flatMap((demandClass) => {
      const own = served.byClass[demandClass]
      return own && own.seriesCount > 0 ? [{ demandClass, model: describeWeights(weights[demandClass] ?? {}), series: own.seriesCount, ...figures(own) }] : []
    }),
  }
}

const figures = ({ wape, bias, coverage90 }: z.output<typeof Figures>): PlainFigures => ({ off: wape, bias, belowUpper: coverage90 })
