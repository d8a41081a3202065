import type { KnownAhead } from "./types"

/** What a column said of a period when only the periods before `origin` were over: 0 where it was not planned yet, `NaN` where the column says nothing. */
export function knownAt({ values, since }: Pick<KnownAhead, "values" | "since">, index: number, period: number, origin: number): number {
  return valueKnownAt(values[index], since?.[index], period, origin)
}

/** The same of one series' values. */
export function valueKnownAt(values: Float64Array | undefined, since: Int32Array | undefined, period: number, origin: number): number {
  return (since?.[period] ?? 0) > origin ? 0 : (values?.[period] ?? NaN)
}
