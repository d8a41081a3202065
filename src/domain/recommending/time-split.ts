import { ForesightError } from "../errors"
import { firstPlace } from "../first-place"
import type { InteractionTable } from "./types"

/** Where the held-out times begin: rows before `validation` tune, rows before `test` are refitted on. */
export interface TimeSplit {
  /** First row of the validation and of the test time. */
  validation: number
  test: number
  /** Seconds since 1970. */
  validationFrom: number
  testFrom: number
  end: number
}

/**
 * The 0.8 and 0.9 time quantiles of all interactions. Interactions of the same instant stay on one side, so that one order is never cut in two.
 * @throws ForesightError `too_little_data` when there is no time before or after a split.
 */
export function splitByTime(table: InteractionTable): TimeSplit {
  const count = table.at.length
  const validation = firstRowAt(table, table.at[Math.floor(0.8 * count)] ?? 0)
  const test = firstRowAt(table, table.at[Math.floor(0.9 * count)] ?? 0)
  if (validation === 0 || test <= validation) {
    const expected = "expected some before, between and after their 0.8 and 0.9 time quantiles"
    throw new ForesightError("too_little_data", `${count} interactions do not spread over enough time; ${expected}`)
  }
  return { validation, test, validationFrom: table.at[validation]!, testFrom: table.at[test]!, end: table.at[count - 1]! }
}

/** First row at or after a moment (seconds since 1970). */
function firstRowAt(table: InteractionTable, at: number): number {
  return firstPlace(table.at.length, (row) => table.at[row]! >= at)
}
