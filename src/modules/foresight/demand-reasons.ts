import type { ForecastReason } from "../../domain/demand/explain/explain-forecasts"
import { describeReasons, reasonsRemark, sumOfReasons, type ReasonsRemark } from "../../domain/insight/describe-reasons"
import type { PictureSeries } from "./demand-picture"

/** Why as much is expected of a group: `expected = weeks × longRun + Σ units`. */
export interface DemandReasons {
  weeks: number
  /** Units a week of the last year, as they were sold. */
  longRun: number
  /** The models' own expectation of these weeks: nothing set by hand is in it. */
  expected: number
  reasons: ForecastReason[]
  remark: ReasonsRemark | null
  sentence: string
}

/** The reasons of several series together. `null` where one that is expected to sell has none: a forecast of before reasons were kept. What is expected to sell
 * nothing at all and has none, as what was replaced, adds nothing. */
export function reasonsOf(members: readonly Pick<PictureSeries, "reasons" | "modelMean">[]): DemandReasons | null {
  const known = members.flatMap(({ reasons }) => reasons ?? [])
  const [first] = known
  const isUnexplained = members.some(({ reasons, modelMean }) => !reasons && modelMean.some((units) => units > 0))
  if (!first || isUnexplained || known.some(({ periods }) => periods !== first.periods)) return null
  const weeks = first.periods
  const { longRun, reasons } = sumOfReasons(known)
  const remark = reasonsRemark({ weeks, longRun, reasons })
  return { weeks, longRun, expected: reasons.reduce((sum, { units }) => sum + units, weeks * longRun), reasons, remark, sentence: describeReasons(remark) }
}
