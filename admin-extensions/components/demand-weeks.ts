import type { DemandSeriesAnswer } from "../../src/api/answers"
import { addDays } from "./add-days"

/** One week of the chart and of its table: past (`sold`, and `mean` where a forecast of it was kept) or ahead (`mean`). */
export interface ChartWeek {
  day: string
  sold?: number
  /** What stock-outs cost. */
  missed?: number
  price?: number | null
  outOfStock: number
  /** Whether stock-outs mark the week: any of a single series; of several together those that took most of the time. */
  isShort: boolean
  mean?: number
  band?: [low: number, high: number]
  /** The model's own expectation where somebody set another. */
  modelMean?: number | null
  promotions: string[]
}

/** In a whole shop something has always run out somewhere. */
const MOSTLY = 0.5

const lastDay = (day: string) => addDays(day, 6)

/** The last `past` weeks and all weeks ahead, each with the codes of the promotions that ran or will. */
export function chartWeeks({ history, forecast, promotions, series }: Pick<DemandSeriesAnswer, "history" | "forecast" | "promotions" | "series">, past: number): ChartWeek[] {
  const codes = (day: string) =>
    promotions.filter(({ starts_on: from, ends_on: to }) => from <= lastDay(day) && (to ?? day) >= day).map(({ code }) => code)
  return [
    ...history.slice(-past).map(({ first_day: day, sold, demand, price, out_of_stock: outOfStock, said }): ChartWeek => {
      const missed = outOfStock > 0 && demand !== null ? Math.max(0, demand - sold) : 0
      const band = said && said.low !== null && said.high !== null ? { band: [said.low, said.high] as [number, number] } : {}
      const isShort = outOfStock > (series > 1 ? MOSTLY : 0)
      return { day, sold, missed, price, outOfStock, isShort, ...(said && { mean: said.mean, ...band }), promotions: codes(day) }
    }),
    ...forecast.map(({ first_day: day, mean, low, high, model_mean: modelMean }): ChartWeek => {
      return { day, mean, band: [low, high], modelMean, outOfStock: 0, isShort: false, promotions: codes(day) }
    }),
  ]
}

/** Neighbouring weeks for which something holds, as spans of their first days. */
export function spansOf(weeks: readonly ChartWeek[], holds: (week: ChartWeek) => boolean): { from: string; to: string }[] {
  const spans: { from: string; to: string }[] = []
  let open: { from: string; to: string } | undefined
  for (const week of weeks) {
    if (!holds(week)) open = undefined
    else if (open) open.to = week.day
    else spans.push((open = { from: week.day, to: week.day }))
  }
  return spans
}
