import type { DemandDayRow } from "./panel"
import type { Replacement } from "./replacements"

/** Rows as successors see them: what a replaced variant sold at a place before its last day counts for the one that took its place, and on along a chain;
 * what it still sells from then on stays its own. Every unit counts once, so that sums over variants stay what they were.
 *
 * Time out of stock before that day is that of the one in place: the successor's empty shelf before its start kept nobody from buying, and neither did the
 * predecessor's on a day on which its successor sold.
 * @param rows Of all variants, in any order.
 * @param held Without circles, as `checkReplacement` sees to.
 */
export function inheritHistory(rows: readonly DemandDayRow[], held: readonly Replacement[]): DemandDayRow[] {
  if (held.length === 0) return [...rows]
  const next = new Map(held.map((one) => [one.replacedVariantId, one]))
  const since = new Map(held.map((one) => [one.variantId, one.fromDay]))
  const heirOf = ({ variantId, day }: DemandDayRow): string => {
    let heir = variantId
    for (let link = next.get(heir), steps = 0; link && day < link.fromDay && steps < held.length; link = next.get(heir), steps++) heir = link.variantId
    return heir
  }
  const placeOf = (heir: string, { locationId, day }: DemandDayRow) => `${heir} ${locationId} ${day}`
  const sellers = new Map<string, Set<string>>()
  const isLinked = ({ variantId }: DemandDayRow) => next.has(variantId) || since.has(variantId)
  for (const row of rows) {
    if (!(row.units > 0) || !isLinked(row)) continue
    const place = placeOf(heirOf(row), row)
    sellers.set(place, (sellers.get(place) ?? new Set()).add(row.variantId))
  }
  return rows.flatMap((row): DemandDayRow[] => {
    if (!isLinked(row)) return [row]
    const heir = heirOf(row)
    const { inStock, ...sold } = row
    if (inStock === undefined || inStock === null) return [{ ...sold, variantId: heir }]
    const isInPlace = row.day >= (since.get(row.variantId) ?? "")
    const isSoldByOther = [...(sellers.get(placeOf(heir, row)) ?? [])].some((seller) => seller !== row.variantId)
    if (isInPlace && !isSoldByOther) return [{ ...row, variantId: heir }]
    return row.units > 0 ? [{ ...sold, variantId: heir }] : []
  })
}
