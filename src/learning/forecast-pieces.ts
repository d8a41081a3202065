import { setImmediate as nextTurn } from "node:timers/promises"
import { borrowed } from "../domain/demand/borrowed"
import { borrowedPriors } from "../domain/demand/borrowed-level"
import { classOf } from "../domain/demand/class-of"
import { forecastWithSums } from "../domain/demand/ensemble"
import { explainForecasts, type ForecastReasons } from "../domain/demand/explain/explain-forecasts"
import { sampleOf, type PanelSource } from "../domain/demand/panel-source"
import type { DemandForecast, DemandModel, DemandPanel } from "../domain/demand/types"
import { ForesightError } from "../domain/errors"
import type { LenderFacts } from "../domain/insight/describe-newcomer"
import type { FitStage } from "../domain/training"
import { fitAutoDemand, type AutoDemandOptions, type FittedAutoDemand } from "./auto-demand"

/** Series that a choice and a fit look at, evenly spread over a larger panel: more of them change neither. */
export const FIT_SERIES = 5_000
/** Series forecast together: enough to pool over, few enough to keep memory flat. */
const PIECE = 5_000
const BORROWED = borrowed.name

/** Series of the panel, by their indexes, with their forecasts; `null` where a series cannot be forecast. */
export interface ForecastPiece {
  indexes: number[]
  forecasts: (DemandForecast | null)[]
  /** Why there is none, per series. */
  reasons: (string | null)[]
  /** What each forecast's total over the horizon is made of, where that was asked for. */
  explained: (ForecastReasons | null)[]
  /** From whom the forecasts of newcomers borrow, where reasons were asked for; `null` for all others. */
  lenders: (LenderFacts | null)[]
}

export interface PiecewiseOptions extends Omit<AutoDemandOptions, "onProgress"> {
  onProgress?: (progress: { stage: FitStage | "forecasting"; step: number; steps: number }) => void
  /** Whether forecasts are explained too. */
  explain?: boolean
}

export interface PiecewiseForecast {
  choice: FittedAutoDemand["choice"]
  /** Series that the choice was fitted on. */
  fittedOn: number
  pieces: AsyncGenerator<ForecastPiece>
}

/** Forecasts any number of series from their end on: fitted once, on a sample of many, then forecast piece by piece, so that only one piece and its forecasts are held.
 * A series whose forecast is not finite is named, and ends nothing.
 * @throws ForesightError as `fitAutoDemand()`. */
export async function forecastInPieces(source: PanelSource, options: PiecewiseOptions): Promise<PiecewiseForecast> {
  const sample = sampleOf(source, FIT_SERIES)
  const { model, choice } = await fitAutoDemand(sample, source.periods.length, options)
  const isWhole = sample.series.length === source.count
  const borrows = options.model === BORROWED || (choice?.weights.new[BORROWED] ?? 0) > 0
  return { choice, fittedOn: sample.series.length, pieces: pieces(isWhole ? [sample] : source.parts(PIECE), model, source.count, { ...options, borrows }) }
}

interface PieceOptions extends PiecewiseOptions {
  /** Whether newcomers borrow. */
  borrows: boolean
}

async function* pieces(parts: Iterable<DemandPanel>, model: DemandModel, count: number, options: PieceOptions): AsyncGenerator<ForecastPiece> {
  const { onProgress, shouldStop } = options
  let from = 0
  for (const part of parts) {
    onProgress?.({ stage: "forecasting", step: from, steps: count })
    await nextTurn()
    if (shouldStop?.()) throw new ForesightError("canceled", `stopped after ${from} of ${count} series`)
    const indexes = part.series.map((_, at) => from + at)
    yield forecastPiece(part, model, indexes, options)
    from += indexes.length
  }
}

function forecastPiece(part: DemandPanel, model: DemandModel, indexes: number[], { horizon, sums, explain = false, borrows }: PieceOptions): ForecastPiece {
  const origin = part.periods.length
  const forecasts = forecastWithSums(model, part, origin, horizon, sums)
  const explained = explain ? explainForecasts(model, part, origin, forecasts, horizon) : []
  const isSound = forecasts.map(isFinite)
  return {
    indexes,
    forecasts: forecasts.map((forecast, at) => (isSound[at] ? forecast : null)),
    reasons: isSound.map((sound) => (sound ? null : "its forecast is not finite")),
    explained: forecasts.map((_, at) => (isSound[at] ? (explained[at] ?? null) : null)),
    lenders: explain && borrows ? lendersOf(part, origin) : forecasts.map(() => null),
  }
}

/** From whom each newcomer of the panel borrows; names are titles, or ids where there are none. */
function lendersOf({ series, ...panel }: DemandPanel, origin: number): (LenderFacts | null)[] {
  const isNew = series.map((one) => classOf(one, origin) === "new")
  const priors = isNew.includes(true) ? borrowedPriors({ ...panel, series }, origin) : []
  return series.map(({ category }, at) => {
    const prior = isNew[at] ? priors[at] : null
    if (!prior) return null
    const { ofCategory, ofPrice, ofTitle } = prior
    return { hasCategory: category !== null, ofCategory, ofPrice, ofTitle: ofTitle().map((index) => series[index]?.title || (series[index]?.seriesId ?? "")) }
  })
}

const isFinite = ({ mean, quantiles, sums }: DemandForecast) =>
  mean.every(Number.isFinite) && quantiles.every(Number.isFinite) && (sums ?? []).every((sum) => Number.isFinite(sum.mean) && sum.quantiles.every(Number.isFinite))
