import type { BoostedTrees } from "../../boosting"
import type { DemandPanel, Frequency } from "../types"
import { YEAR_PERIODS, type LevelSettings } from "./demand-history"
import type { TailFactors } from "./level-interpolation"

/** What the columns of a boosted demand model are made of; fixed when it is fitted, kept with it. */
export interface BoostedSpec {
  frequency: Frequency
  settings: LevelSettings
  /** Whether the past is long enough to look at the year before. */
  yearAgo: boolean
  /** Whether prices were known. */
  prices: boolean
  /** Categories by code. */
  categories: string[]
  /** Static columns and their values by code. */
  statics: { name: string; values: string[] }[]
  /** Columns known ahead. */
  known: string[]
}

/** What a fitted boosted model is made of. */
export interface BoostedDemand {
  spec: BoostedSpec
  /** One forest a level, ascending. */
  levels: number[]
  forests: BoostedTrees[]
  tails: TailFactors
  /** For slow items one forest a threshold of `COUNT_THRESHOLDS`: the chance of more units; none where nothing is slow, or not sold in whole units. */
  counts: BoostedTrees[]
}

/** A year and a half of history shows a season without mistaking growth for it. */
const YEARS_FOR_SEASON = 1.5

/** Spec of a panel as known before `limit`. */
export function boostedSpec(panel: DemandPanel, limit: number, settings: LevelSettings): BoostedSpec {
  const year = YEAR_PERIODS[panel.frequency]
  return {
    frequency: panel.frequency,
    settings,
    yearAgo: limit > YEARS_FOR_SEASON * year,
    prices: panel.series.some(({ price }) => price.subarray(0, limit).some((value) => value > 0)),
    categories: namesOf(panel.series.map(({ category }) => category)),
    statics: (panel.statics ?? []).map(({ name, values }) => ({ name, values: namesOf(values) })).filter(({ values }) => values.length > 1),
    known: (panel.known ?? []).map(({ name }) => name),
  }
}

function namesOf(values: readonly (string | null)[]): string[] {
  return [...new Set(values)].filter((value) => value !== null).sort()
}
