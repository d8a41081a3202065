import type { Day } from "../day"
import { ForesightError } from "../errors"

/** From `fromDay` on `variantId` takes the place of `replacedVariantId`. */
export interface Replacement {
  variantId: string
  replacedVariantId: string
  fromDay: Day
}

/** Checks a wish against the replacements that hold: one successor and one predecessor a variant, no circle, and along a chain A → B → C nobody is replaced
 * before they took their own place.
 * @throws ForesightError `invalid_settings` for a variant that would replace itself, `conflict` otherwise, naming the variant in the way.
 */
export function checkReplacement(held: readonly Replacement[], { variantId, replacedVariantId, fromDay }: Replacement): void {
  const conflict = (what: string) => new ForesightError("conflict", what)
  if (variantId === replacedVariantId) {
    throw new ForesightError("invalid_settings", `variant_id and replaced_variant_id are both ${variantId}; expected two variants`)
  }
  const taken = held.find((one) => one.replacedVariantId === replacedVariantId)
  if (taken) throw conflict(`Variant ${replacedVariantId} is replaced by ${taken.variantId} already; expected one that is not. End that first`)
  const other = held.find((one) => one.variantId === variantId)
  if (other) throw conflict(`Variant ${variantId} replaces ${other.replacedVariantId} already; expected one that replaces none. End that first`)
  const later = chainOf(held, variantId)
  if (later.at(-1) === replacedVariantId) {
    throw conflict(`Variant ${replacedVariantId} took the place of ${variantId} (${later.join(" → ")}); expected no circle`)
  }
  const next = held.find((one) => one.replacedVariantId === variantId)
  if (next && next.fromDay < fromDay) {
    throw conflict(`from_day is ${fromDay}, but ${variantId} itself is replaced from ${next.fromDay} on; expected that day or earlier`)
  }
  const before = held.find((one) => one.variantId === replacedVariantId)
  if (before && before.fromDay > fromDay) {
    throw conflict(`from_day is ${fromDay}, but ${replacedVariantId} takes its own place only from ${before.fromDay} on; expected that day or later`)
  }
}

/** A variant and those that took its place, one after the other. */
export function chainOf(held: readonly Replacement[], variantId: string): string[] {
  const next = new Map(held.map((one) => [one.replacedVariantId, one.variantId]))
  const chain = [variantId]
  for (let after = next.get(variantId); after !== undefined && !chain.includes(after); after = next.get(after)) chain.push(after)
  return chain
}

/** Those whose successors are still there: where the last of a chain is gone, the one before it stands for itself again. */
export function standingReplacements(held: readonly Replacement[], exists: (variantId: string) => boolean): Replacement[] {
  let standing = [...held]
  for (;;) {
    const replaced = new Set(standing.map((one) => one.replacedVariantId))
    const kept = standing.filter(({ variantId }) => replaced.has(variantId) || exists(variantId))
    if (kept.length === standing.length) return kept
    standing = kept
  }
}
