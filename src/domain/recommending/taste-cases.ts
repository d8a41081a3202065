import type { RankingCase } from "./evaluate"
import type { InteractionTable } from "./types"

/** How long after a split what people want is collected. */
const WINDOW_DAYS = 28

/** One known person at the split. */
export interface TasteCase extends RankingCase {
  /** What the person did before, one entry an interaction, oldest first. */
  before: { item: number; weight: number; at: number }[]
}

/**
 * People with a history before row `split` who come back within 28 days (and before row `end`).
 * Wanted is everything bought then, or, where nothing was bought, everything touched; first is the first item touched. Items nobody had touched before the split
 * cannot be ranked by anyone and are left out.
 * @param repeats `false`: items already in the person's history are not wanted again.
 * @param limit More people than this are thinned evenly.
 */
export function tasteCases(
  table: InteractionTable,
  { split, end, repeats, limit }: { split: number; end: number; repeats: boolean; limit: number }
): TasteCase[] {
  const known = new Uint8Array(table.items.length)
  for (let row = 0; row < split; row++) known[table.item[row]!] = 1
  const last = table.at[split]! + WINDOW_DAYS * 86_400
  const after = new Map<number, { touched: Set<number>; bought: Set<number> }>()
  for (let row = split; row < end && table.at[row]! < last; row++) {
    if (known[table.item[row]!] === 0) continue
    const user = table.user[row]!
    let wanted = after.get(user)
    if (!wanted) after.set(user, (wanted = { touched: new Set(), bought: new Set() }))
    wanted.touched.add(table.item[row]!)
    if (table.purchase[row] === 1) wanted.bought.add(table.item[row]!)
  }
  const before = new Map<number, TasteCase["before"]>()
  for (let row = 0; row < split; row++) {
    const user = table.user[row]!
    if (!after.has(user)) continue
    const rows = before.get(user) ?? []
    rows.push({ item: table.item[row]!, weight: table.weight[row]!, at: table.at[row]! })
    before.set(user, rows)
  }
  const cases = [...before].flatMap(([user, rows]) => {
    const { touched, bought } = after.get(user)!
    const own = new Set(repeats ? [] : rows.map(({ item }) => item))
    const wanted = (items: Set<number>) => [...items].filter((item) => !own.has(item))
    const first = wanted(touched)[0]
    if (first === undefined) return []
    const targets = wanted(bought)
    return [{ before: rows, first, targets: targets.length > 0 ? targets : wanted(touched) }]
  })
  return thin(cases, limit)
}

/** At most `limit` of them, spread evenly. */
export function thin<Item>(items: readonly Item[], limit: number): Item[] {
  const step = Math.max(1, items.length / limit)
  return Array.from({ length: Math.min(limit, items.length) }, (_, at) => items[Math.floor(at * step)]!)
}
