import type { SparseRows } from "./sparse-rows"
import type { InteractionTable } from "./types"

const SECONDS_PER_DAY = 86_400

/**
 * How much each user cares for each item: min(1, Σ weight · 0.5^(age / half-life)), newest items first.
 * @param rows The first `rows` interactions of the table count.
 * @param halfLifeDays `Infinity`: age does not matter. Age is counted from the last of the rows.
 * A row of user −1 belongs to nobody.
 * @param cap Items a user keeps, the newest; bounds the cost of a robot that saw everything.
 */
export function userHistories(table: InteractionTable, { rows, halfLifeDays, cap }: { rows: number; halfLifeDays: number; cap: number }): SparseRows {
  const end = rows > 0 ? table.at[rows - 1]! : 0
  const byUser: Map<number, number>[] = table.users.map(() => new Map<number, number>())
  for (let row = rows - 1; row >= 0; row--) {
    const items = byUser[table.user[row]!]
    if (!items) continue
    const item = table.item[row]!
    const before = items.get(item)
    if (before === undefined && items.size >= cap) continue
    const decay = 0.5 ** ((end - table.at[row]!) / SECONDS_PER_DAY / halfLifeDays)
    items.set(item, Math.min(1, (before ?? 0) + table.weight[row]! * decay))
  }
  const size = byUser.reduce((sum, items) => sum + items.size, 0)
  const histories = { start: new Int32Array(byUser.length + 1), index: new Int32Array(size), value: new Float32Array(size) }
  let at = 0
  for (const [user, items] of byUser.entries()) {
    for (const [item, value] of items) {
      histories.index[at] = item
      histories.value[at++] = value
    }
    histories.start[user + 1] = at
  }
  return histories
}
