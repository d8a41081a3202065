import type { ImportReport } from "../database/stores/import-store"
import { ForesightError } from "../domain/errors"

/** The shift that earlier imports of the same content had: another one would put the same sales on other days beside them.
 * @param earlier Reports of the same content, newest first.
 * @returns `null` when it is free.
 * @throws ForesightError `invalid_options` when lines of this content were kept in the other treatment, shifted or not. */
export function shiftKept(earlier: readonly Pick<ImportReport, "shiftWeeks" | "status" | "linesKept" | "linesDuplicate">[], asked: boolean): number | null {
  const kept = earlier.find(({ status, linesKept, linesDuplicate }) => status === "inserting" || linesKept + linesDuplicate > 0)
  if (!kept) return asked ? (earlier.find(({ shiftWeeks }) => shiftWeeks !== null)?.shiftWeeks ?? null) : null
  const { shiftWeeks } = kept
  if (asked && shiftWeeks === null) {
    throw new ForesightError("invalid_options", "the same file was imported before on its own dates; a shift would count its sales twice. Import it without --shift-weeks and --as-of")
  }
  if (!asked && shiftWeeks !== null) {
    throw new ForesightError("invalid_options", `the same file was imported before, ${shiftWeeks} weeks later; its own dates would count its sales twice. Import it with --shift-weeks: it gets the same shift`)
  }
  return shiftWeeks
}
