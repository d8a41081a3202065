import type { DemandPanel, DemandSeries } from "../../domain/demand/types"
import { firstPlace } from "../../domain/first-place"

/** A window's share halves about every 46 periods of age, as `0.985^age`: shops change. */
const DECAY = 0.985
/** Known periods a series needs before its first window. */
const FEWEST_KNOWN = 4
/** Most windows held; above it every n-th origin of each series is left out. */
const MOST_WINDOWS = 2_000_000

/** Windows a step, fewer where there are few, so that a small shop's net also takes many steps. */
const BATCH = { least: 32, share: 1 / 16 }
/** Fewer windows than this cannot fit a net. */
export const FEWEST_WINDOWS = 64

/**
 * Training windows of a panel whose first `limit` periods may be read. A window is drawn with a chance proportional to the root of its
 * level and weighs as much again in the loss, so that the loss expected is the quantile loss in units while no batch hangs on a few best sellers.
 */
export class TrainingWindows {
  private readonly series: Int32Array
  private readonly origins: Int32Array
  /** Running sum of the chances. */
  private readonly cumulative: Float64Array
  /** Root of the level of a drawn window, on average. */
  readonly meanRoot: number

  constructor(
    private readonly panel: DemandPanel,
    private readonly spec: { context: number; horizon: number },
    inputs: { level(series: DemandSeries, origin: number): number },
    private readonly limit: number
  ) {
    const candidates = panel.series.reduce((sum, { firstPeriod }) => sum + Math.max(0, limit - firstPeriod - FEWEST_KNOWN), 0)
    const stride = Math.max(1, Math.ceil(candidates / MOST_WINDOWS))
    const series: number[] = []
    const origins: number[] = []
    const cumulative: number[] = []
    let sum = 0
    let roots = 0
    for (const [index, one] of panel.series.entries()) {
      for (let origin = Math.max(0, one.firstPeriod) + FEWEST_KNOWN + (index % stride); origin < limit; origin += stride) {
        if (!this.isUsable(one, origin)) continue
        const root = Math.sqrt(inputs.level(one, origin))
        const chance = root * DECAY ** (limit - origin)
        sum += chance
        roots += chance * root
        series.push(index)
        origins.push(origin)
        cumulative.push(sum)
      }
    }
    this.series = Int32Array.from(series)
    this.origins = Int32Array.from(origins)
    this.cumulative = Float64Array.from(cumulative)
    this.meanRoot = sum > 0 ? roots / sum : 1
  }

  get count(): number {
    return this.series.length
  }

  private isUsable(series: DemandSeries, origin: number): boolean {
    let known = 0
    for (let period = Math.max(0, origin - this.spec.context); period < origin; period += 1) if ((series.units[period] as number) >= 0) known += 1
    if (known < FEWEST_KNOWN) return false
    for (let period = origin; period < Math.min(this.limit, origin + this.spec.horizon); period += 1) {
      if ((series.units[period] as number) >= 0) return true
    }
    return false
  }

  /** `size` windows drawn with replacement. */
  draw(size: number, random: () => number): { series: DemandSeries[]; origins: number[] } {
    const picks = Array.from({ length: size }, () => this.pick(random()))
    return {
      series: picks.map((index) => this.panel.series[this.series[index] as number] as DemandSeries),
      origins: picks.map((index) => this.origins[index] as number),
    }
  }

  private pick(share: number): number {
    const target = share * (this.cumulative.at(-1) ?? 0)
    return firstPlace(this.cumulative.length - 1, (place) => (this.cumulative[place] as number) > target)
  }
}

/** Windows to draw for one step. */
export function batchSizeFor({ count }: TrainingWindows, most: number): number {
  return Math.max(BATCH.least, Math.min(most, Math.round(count * BATCH.share)))
}
