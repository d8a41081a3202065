import { DEFAULT_SEED } from "../../domain/default-seed"
import type { PriceResponse } from "../../domain/demand/price-response"
import { sumPaths, swingRatio } from "../../domain/demand/sum-of-series"
import { whatIf, type WhatIfAnswer, type WhatIfQuestion } from "../../domain/demand/what-if"
import { meanOf, pathDraws } from "./demand-list"
import type { PictureSeries } from "./demand-picture"

/** What the next weeks of one variant would sell with a change, beside the same futures without it, what was set by hand applied to both.
 * @param members The variant's series, at least one.
 * @param planned Share of these weeks' units in promotions that are planned already. */
export function demandWhatIf(members: readonly PictureSeries[], weeks: number, question: WhatIfQuestion, response: PriceResponse | null, planned = 0): WhatIfAnswer {
  const drawn = sumPaths(members.map((forecast) => ({ forecast, index: forecast.index })), weeks, pathDraws)
  const units = new Float64Array(pathDraws.paths)
  drawn.forEach((sold, at) => (units[at % pathDraws.paths]! += sold))
  // as the page widens the sum of places that move together
  const centre = units.reduce((sum, path) => sum + path, 0) / units.length
  const spread = Math.sqrt(swingRatio(members.map(({ demand }) => demand)))
  const mean = meanOf(members, weeks).reduce((sum, expected) => sum + expected, 0)
  return whatIf(response, question, { units: units.map((path) => Math.max(0, centre + spread * (path - centre))), mean, seed: DEFAULT_SEED, planned })
}
