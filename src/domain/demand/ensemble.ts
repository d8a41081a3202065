import { ForesightError } from "../errors"
import { calibrated, type LevelFactors } from "./calibrate-levels"
import { classOf, DEMAND_CLASSES } from "./class-of"
import { sumQuantiles } from "./demand-paths"
import { averageParts, demandParts, partsOfModel } from "./explain/demand-parts"
import { wholeQuantiles } from "./in-whole-units"
import { createPathDraws, type PathDraws } from "./path-draws"
import { sellsWholeUnits } from "./sells-whole-units"
import type { DemandClass, DemandForecast, DemandModel, DemandPanel, DemandParts, DemandSeries, SumForecast } from "./types"
import { QUANTILE_LEVELS } from "./types"

/** Share of each member in the average, by name; all ≥ 0, together 1. */
export type MemberWeights = Record<string, number>

const LEVELS = QUANTILE_LEVELS.length
/** Correlation between periods in the sums of a member that forecasts none itself. */
const CORRELATION = 0.25
const PATHS = 200

/** The model that is served: quantiles, means and sums of each series are the weighted average of those of the members of its class (Vincentization).
 * Averaged levels stay ascending, and by convexity the pinball loss is never above the weighted average of the members' own.
 * @throws ForesightError `invalid_model` when a weighted member is not among `members`.
 */
export function createEnsemble(
  name: string,
  members: readonly DemandModel[],
  { weights, factors }: { weights: Record<DemandClass, MemberWeights>; factors: LevelFactors | null }
): DemandModel {
  const byName = new Map(members.map((member) => [member.name, member]))
  for (const demandClass of DEMAND_CLASSES) {
    for (const member of Object.keys(weights[demandClass])) {
      const known = [...byName.keys()].join(", ")
      if (!byName.has(member)) throw new ForesightError("invalid_model", `weights.${demandClass} names "${member}"; expected one of ${known}`)
    }
  }
  return {
    name,
    forecast(panel, origin, horizon, sums = []) {
      const classes = new Set(panel.series.map((series) => classOf(series, origin)))
      const weighted = [...classes].flatMap((demandClass) => Object.entries(weights[demandClass]).filter(([, weight]) => weight > 0))
      const wanted = new Set(weighted.map(([member]) => member))
      const forecasts = new Map([...wanted].map((member) => [member, forecastWithSums(byName.get(member) as DemandModel, panel, origin, horizon, sums)]))
      return averageOfMembers(panel, origin, horizon, sums, weights, forecasts).map(finish(panel, origin, factors))
    },
    explain(panel, origin, horizon, { periods, which }) {
      const weighted = which.map(() => [] as { weight: number; parts: DemandParts }[])
      const classes = which.map((at) => classOf(panel.series[at] as DemandSeries, origin))
      for (const [name, member] of byName) {
        const shares = classes.map((demandClass) => weights[demandClass][name] ?? 0)
        const places = [...which.keys()].filter((place) => (shares[place] ?? 0) > 0)
        if (places.length === 0) continue
        const parts = partsOfModel(member, panel, origin, horizon, { periods, which: places.map((place) => which[place] as number) })
        places.forEach((place, index) => weighted[place]?.push({ weight: shares[place] ?? 0, parts: parts[index] ?? demandParts({}) }))
      }
      return weighted.map(averageParts)
    },
  }
}

/** Averages of the members' forecasts, by the weights of each series' class at the origin.
 * @param forecasts Per member with a weight, in the panel's order, with sums.
 */
export function averageOfMembers(
  panel: DemandPanel,
  origin: number,
  horizon: number,
  sums: readonly number[],
  weights: Record<DemandClass, MemberWeights>,
  forecasts: ReadonlyMap<string, readonly DemandForecast[]>
): DemandForecast[] {
  return panel.series.map((series, index) => {
    const parts = Object.entries(weights[classOf(series, origin)]).flatMap(([member, weight]) => {
      const forecast = forecasts.get(member)?.[index]
      return weight > 0 && forecast ? [{ weight, forecast }] : []
    })
    return averageForecasts(series.seriesId, horizon, sums, parts)
  })
}

/** Calibrates, and rounds the quantiles of series that sell whole units; means are not rounded. */
function finish(panel: DemandPanel, origin: number, factors: LevelFactors | null): (forecast: DemandForecast, index: number) => DemandForecast {
  const whole = sellsWholeUnits(panel, origin)
  return (forecast, index) => {
    const out = factors ? calibrated(forecast, factors) : forecast
    return whole[index] ? wholeQuantiles(out) : out
  }
}

/** The model, with every sum that is asked for: see `forecastWithSums()`. */
export function withSums(model: DemandModel): DemandModel {
  return { ...model, forecast: (panel, origin, horizon, sums = []) => forecastWithSums(model, panel, origin, horizon, sums) }
}

/** A member's forecasts with all sums that are wanted: its own, or from correlated draws of its periods where it has none. Sums over more periods than
 * the horizon repeat the last period. */
export function forecastWithSums(model: DemandModel, panel: DemandPanel, origin: number, horizon: number, sums: readonly number[]): DemandForecast[] {
  const forecasts = model.forecast(panel, origin, horizon, sums)
  let draws: PathDraws | undefined
  return forecasts.map((forecast) => {
    if (sums.every((periods) => forecast.sums?.some((sum) => sum.periods === periods))) return forecast
    draws ??= createPathDraws({ paths: PATHS, seed: 1 })
    const drawn = draws
    return { ...forecast, sums: sums.map((periods) => forecast.sums?.find((sum) => sum.periods === periods) ?? drawnSum(forecast, periods, drawn)) }
  })
}

function drawnSum(forecast: DemandForecast, periods: number, draws: PathDraws): SumForecast {
  let mean = 0
  for (let period = 0; period < periods; period++) mean += forecast.mean[Math.min(period, forecast.mean.length - 1)] ?? 0
  if (periods === 1) return { periods, mean, quantiles: forecast.quantiles.slice(0, LEVELS) }
  return { periods, mean, quantiles: sumQuantiles(forecast, periods, CORRELATION, draws, QUANTILE_LEVELS) }
}

/** The weighted average of forecasts of one series; weights are scaled to 1. Without any part: nothing is sold. */
function averageForecasts(
  seriesId: string,
  horizon: number,
  sums: readonly number[],
  parts: readonly { weight: number; forecast: DemandForecast }[]
): DemandForecast {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0)
  const average = (length: number, of: (forecast: DemandForecast) => Float64Array | undefined) => {
    const out = new Float64Array(length)
    for (const { weight, forecast } of parts) {
      const values = of(forecast)
      if (values) for (let at = 0; at < length; at++) out[at]! += (weight / total) * (values[at] ?? 0)
    }
    return out
  }
  return {
    seriesId,
    mean: average(horizon, ({ mean }) => mean),
    quantiles: average(horizon * LEVELS, ({ quantiles }) => quantiles),
    sums: sums.map((periods) => {
      const own = (forecast: DemandForecast) => forecast.sums?.find((sum) => sum.periods === periods)
      const [mean = 0] = average(1, (forecast) => Float64Array.of(own(forecast)?.mean ?? 0))
      return { periods, mean, quantiles: average(LEVELS, (forecast) => own(forecast)?.quantiles) }
    }),
  }
}
