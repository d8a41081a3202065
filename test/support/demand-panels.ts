import { addDays } from "../../src/domain/day"
import type { DemandPanel } from "../../src/domain/demand/types"
import { createRandom } from "../../src/domain/random"

/** A weekly panel of a small shop: series `i` sells about `2 + 3i` units a week, every second one in category "b", with noise from `seed`. */
export function smallPanel({ series = 12, periods = 60, seed = 1 } = {}): DemandPanel {
  const random = createRandom(seed)
  return {
    frequency: "week",
    periods: Array.from({ length: periods }, (_, period) => addDays("2024-01-01", 7 * period)),
    series: Array.from({ length: series }, (_, index) => ({
      seriesId: `s${index}`,
      category: index % 2 ? "b" : "a",
      firstPeriod: 0,
      units: Float64Array.from({ length: periods }, () => Math.round((2 + 3 * index) * (0.5 + random()))),
      price: new Float64Array(periods).fill(10),
    })),
  }
}
