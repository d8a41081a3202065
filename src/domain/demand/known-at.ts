import type { KnownAhead } from "./types"

/** What a column said of a period when only the periods before `origin` were over: 0 where it was not planned yet, `NaN` where the column says nothing. */
export function knownAt({ values, since }: Pick<KnownAhead, "values" | "since">, index: number, period: number, origin: number): number {
  return (since?.[index]?.[period] ?? 0) > origin ? 0 : (values[index]?.[period] ?? NaN)
}
