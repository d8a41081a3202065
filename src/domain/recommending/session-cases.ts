import type { RankingCase } from "./evaluate"
import { sessionSequences } from "./session-knn"
import { thin } from "./taste-cases"
import type { InteractionTable } from "./types"

/** A visit cut off before one of its items. */
export interface SessionCase extends RankingCase {
  /** Items seen so far, oldest first. */
  seen: readonly number[]
}

/** Every next item of every session that began at or after row `split`, among items somebody had touched before; more than `limit` are thinned evenly. */
export function sessionCases(table: InteractionTable, { split, end, limit }: { split: number; end: number; limit: number }): SessionCase[] {
  const known = new Uint8Array(table.items.length)
  const begun = new Uint8Array(table.sessions.length)
  for (let row = 0; row < split; row++) {
    known[table.item[row]!] = 1
    if (table.session[row]! >= 0) begun[table.session[row]!] = 1
  }
  const later = { ...table, session: table.session.map((session, row) => (row >= split && session >= 0 && begun[session] === 0 ? session : -1)) }
  const cases = sessionSequences(later, split, end).flatMap(({ items }) =>
    items.slice(1).flatMap((next, at) => (known[next] === 1 ? [{ seen: items.slice(0, at + 1), first: next, targets: [next] }] : []))
  )
  return thin(cases, limit)
}
