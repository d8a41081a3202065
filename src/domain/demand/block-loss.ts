import { pinball, SCORE_COLUMNS, SCORE_LEVELS } from "./metrics"
import { negativeBinomialForecasts } from "./negative-binomial"
import type { PointForecaster } from "./point-forecaster"
import { QUANTILE_LEVELS, type DemandPanel } from "./types"


/** Pinball loss, in units, of point forecasters with negative binomial quantiles on the `horizon` periods from `from` on, all series together: what
 * settings are chosen by that one series cannot tell. Unknown periods do not count.
 */
export function blockLoss(panel: DemandPanel, from: number, horizon: number, point: readonly PointForecaster[]): number {
  let loss = 0
  negativeBinomialForecasts(panel, from, horizon, point).forEach(({ quantiles }, index) => {
    for (let ahead = 0; ahead < horizon; ahead++) {
      const actual = panel.series[index]?.units[from + ahead] ?? NaN
      if (Number.isNaN(actual)) continue
      SCORE_COLUMNS.forEach((column, level) => (loss += pinball(SCORE_LEVELS[level] ?? 0, actual, quantiles[ahead * QUANTILE_LEVELS.length + column] ?? 0)))
    }
  })
  return loss
}
