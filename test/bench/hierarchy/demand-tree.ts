import type { DemandPanel, DemandSeries } from "../../../src/domain/demand/types"

/** Variants below products below categories below the shop. */
export interface DemandTree {
  /** Index of each node's parent, −1 for the shop; leaves first, in the panel's order, every node before its parent. */
  parents: Int32Array
  /** 0 for leaves, 1 for products, 2 for categories, 3 for the shop. */
  levels: Int32Array
  /** The sums of what is known, node by node from the first product on, as series of their own. */
  sums: DemandPanel
}

/** Builds the tree of a panel. @param products Product of each series. */
export function demandTree(panel: DemandPanel, products: readonly string[]): DemandTree {
  const leaves = panel.series.length
  const keys = [
    (at: number) => `${panel.series[at]?.category ?? ""}/${products[at] ?? ""}`,
    (at: number) => panel.series[at]?.category ?? "",
    () => "shop",
  ]
  const nodes = keys.map(() => new Map<string, number>())
  let next = leaves
  for (const [level, key] of keys.entries()) {
    for (let at = 0; at < leaves; at++) if (!nodes[level]?.has(key(at))) nodes[level]?.set(key(at), next++)
  }
  const parents = new Int32Array(next).fill(-1)
  const levels = new Int32Array(next)
  for (let at = 0; at < leaves; at++) {
    let node = at
    for (const [level, key] of keys.entries()) {
      const parent = nodes[level]?.get(key(at)) ?? -1
      parents[node] = parent
      levels[parent] = level + 1
      node = parent
    }
  }
  const periods = panel.periods.length
  const series = Array.from({ length: next - leaves }, (_, at): DemandSeries => {
    return { seriesId: `sum ${at}`, category: null, firstPeriod: periods, units: new Float64Array(periods).fill(NaN), price: new Float64Array(periods).fill(NaN) }
  })
  for (const [at, { units, firstPeriod }] of panel.series.entries()) {
    for (let node = parents[at] ?? -1; node >= 0; node = parents[node] ?? -1) {
      const sum = series[node - leaves] as DemandSeries
      sum.firstPeriod = Math.min(sum.firstPeriod, firstPeriod)
      units.forEach((value, period) => {
        if (!Number.isNaN(value)) sum.units[period] = value + (Number.isNaN(sum.units[period] ?? NaN) ? 0 : (sum.units[period] ?? 0))
      })
    }
  }
  return { parents, levels, sums: { frequency: panel.frequency, periods: panel.periods, series } }
}
