/** What could be sold of an item from a moment on, until the next one. */
export interface StockMoment {
  /** ms since 1970. */
  at: number
  /** Stocked less reserved, units; at or below 0 nothing can be sold. */
  available: number
}

/**
 * Share of the time from `from` to `to` in which something could be sold, weighted by time; a level holds from its moment to the next.
 * @param moments In any order; the last one at or before `from` says how the time began. Of several at one instant the last given counts.
 * @param to The end of the day, or now while it lasts.
 * @returns In [0, 1], over the part of the time that is known (from the first moment on); `null` where nothing is.
 */
export function inStockShare(moments: readonly StockMoment[], from: number, to: number): number | null {
  const ordered = moments.filter(({ at }) => at < to || at <= from).sort((a, b) => a.at - b.at)
  let known = 0
  let inStock = 0
  for (const [index, { at, available }] of ordered.entries()) {
    const start = Math.max(at, from)
    const end = Math.max(start, Math.min(to, ordered[index + 1]?.at ?? to))
    known += end - start
    if (available > 0) inStock += end - start
  }
  if (known > 0) return inStock / known
  // looked at for an instant only
  const last = ordered.at(-1)
  return last ? (last.available > 0 ? 1 : 0) : null
}

/**
 * Share of a day in which a variant could be sold: the least of its items' shares, since a kit lacks what one part lacks.
 * @param itemShares One an item, in [0, 1]; `null` where nobody looked.
 * @returns `null` where an item is unknown, unless another was out all day.
 */
export function variantShare(itemShares: readonly (number | null)[]): number | null {
  const known = itemShares.flatMap((share) => share ?? [])
  const least = known.length > 0 ? Math.min(...known) : null
  return least === 0 || known.length === itemShares.length ? least : null
}
