import { countBand } from "./count-band"
import type { Band } from "./sum-of-series"

/** What a sales channel sold, and what of the forecast may be expected from it. */
export interface ChannelOutlook {
  /** `""`: sold without a channel. */
  salesChannelId: string
  /** Units of the last weeks that the outlook is compared with. */
  sold: number
  /** Expected share of what is sold next, 0 … 1; all together 1. */
  share: number
  next: Band
}

/** Weeks after which a unit says half as much of the shares. */
const HALF_LIFE = 26
/** Units that each channel counts as having sold besides: of few units no share is sure. */
const BEFOREHAND = 0.5
/** Weeks with a sale from which one can tell how much shares change from week to week, and what is taken where there are fewer: orders of three units. */
const LEAST_WEEKS = 4
const USUAL_DISPERSION = 3
/** Standard deviations between the band's edges of a normal distribution, 0.1 and 0.9. */
const EDGES = 2 * 1.2816

/** A forecast divided among the sales channels that sold lately, by their shares of the units so far, newer ones weighing more: top-down by historical proportions.
 * Given the total `T` a channel of share `p` has the mean `pT` and the quasi-binomial variance `ω·p(1−p)·T·(1 + T/n)`: of the draw itself and of the share, that `n` weighted units tell.
 * `ω` is the dispersion of the past weeks, so that bulk orders and shares that move widen it. The band is negative binomial with these moments and the total's own variance.
 * @param weeks Units a week by channel, all from the same week on, oldest first. @param next The forecast of all channels together. @param lately Last weeks to add up.
 * @returns The largest share first; empty where fewer than two channels sold.
 * @see Gross & Sohl (1990), Journal of Forecasting 9(3); McCullagh & Nelder (1989), Generalized Linear Models, 4.5.
 */
export function channelOutlook(weeks: ReadonlyMap<string, ArrayLike<number>>, next: Band, lately: number): ChannelOutlook[] {
  const channels = [...weeks].map(([salesChannelId, units]) => ({ salesChannelId, units: Array.from(units, (sold) => Math.max(0, sold)) })).filter(({ units }) => units.some((sold) => sold > 0))
  if (channels.length < 2) return []
  const length = Math.max(...channels.map(({ units }) => units.length))
  const weights = Array.from({ length }, (_, week) => 0.5 ** ((length - 1 - week) / HALF_LIFE))
  const counts = channels.map(({ units }) => units.reduce((sum, sold, week) => sum + sold * (weights[week] ?? 0), BEFOREHAND))
  const known = sumOf(counts)
  const shares = counts.map((count) => count / known)
  const dispersion = dispersionOf(channels.map(({ units }) => units), shares)
  const totalVariance = ((next.high - next.low) / EDGES) ** 2
  return channels
    .map(({ salesChannelId, units }, at): ChannelOutlook => {
      const share = shares[at] ?? 0
      const variance = share * share * totalVariance + dispersion * share * (1 - share) * next.mean * (1 + next.mean / known)
      return { salesChannelId, sold: sumOf(units.slice(-lately)), share, next: countBand(share * next.mean, variance) }
    })
    .sort((one, two) => two.share - one.share || (one.salesChannelId < two.salesChannelId ? -1 : 1))
}

/** How much more the channels' weeks differ from their shares than single units would, at least 1: squares over expected squares, as sums, so that large weeks count most. */
function dispersionOf(units: readonly (readonly number[])[], shares: readonly number[]): number {
  let [squares, expected, weeks] = [0, 0, 0]
  for (const week of units[0]?.keys() ?? []) {
    const total = units.reduce((sum, own) => sum + (own[week] ?? 0), 0)
    if (total <= 0) continue
    weeks++
    for (const [at, share] of shares.entries()) {
      squares += ((units[at]?.[week] ?? 0) - total * share) ** 2
      expected += total * share * (1 - share)
    }
  }
  return weeks < LEAST_WEEKS ? USUAL_DISPERSION : Math.max(1, (squares / expected) * (weeks / (weeks - 1)))
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
