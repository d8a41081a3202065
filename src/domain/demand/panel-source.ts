import { panelPart } from "./panel-part"
import { sampleIndexes } from "./sample-indexes"
import type { DemandPanel } from "./types"

/** The series of a panel that need not lie in memory all at once. */
export interface PanelSource extends Pick<DemandPanel, "frequency" | "periods"> {
  /** Series in all. */
  count: number
  /** All of them in order, at most so many at a time. */
  parts(size: number): Iterable<DemandPanel>
  /** Some of them, by ascending indexes. */
  pick(indexes: readonly number[]): DemandPanel
}

export function panelSource(panel: DemandPanel): PanelSource {
  const { frequency, periods } = panel
  const count = panel.series.length
  return {
    ...{ frequency, periods, count },
    *parts(size) {
      for (let from = 0; from < count; from += size) yield panelPart(panel, Array.from({ length: Math.min(size, count - from) }, (_, at) => from + at))
    },
    pick: (indexes) => panelPart(panel, indexes),
  }
}

/** At most so many series, spread evenly and the same each time. */
export function sampleOf(source: PanelSource, most: number): DemandPanel {
  return source.pick(sampleIndexes(source.count, most))
}

/** The same series, each part changed on its way out. */
export function mapSource(source: PanelSource, change: (part: DemandPanel) => DemandPanel): PanelSource {
  const { frequency, periods, count } = source
  return {
    ...{ frequency, periods, count },
    *parts(size) {
      for (const part of source.parts(size)) yield change(part)
    },
    pick: (indexes) => change(source.pick(indexes)),
  }
}
