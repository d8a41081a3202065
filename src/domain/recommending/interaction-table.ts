import { ForesightError } from "../errors"
import { EVENT_WEIGHTS } from "../events"
import type { Interaction, InteractionTable } from "./types"

/**
 * Columns of interactions in time order (equal times by user, then product, so that the same rows in any order give the same table).
 * Rows of weight 0 are left out; a row of the weight of a purchase or more counts as one.
 * @throws ForesightError `invalid_interactions`, naming the first bad row and field.
 */
export function buildInteractionTable(rows: readonly Interaction[]): InteractionTable {
  rows.forEach(check)
  const kept = rows
    .filter((row) => row.weight > 0)
    .sort((one, two) => one.at - two.at || compare(one.userId, two.userId) || compare(one.productId, two.productId) || one.weight - two.weight)
  const users = new Names()
  const items = new Names()
  const sessions = new Names()
  const table: InteractionTable = {
    users: users.names,
    items: items.names,
    sessions: sessions.names,
    user: new Int32Array(kept.length),
    item: new Int32Array(kept.length),
    session: new Int32Array(kept.length),
    weight: new Float32Array(kept.length),
    at: new Float64Array(kept.length),
    purchase: new Uint8Array(kept.length),
  }
  for (const [index, row] of kept.entries()) {
    table.user[index] = users.indexOf(row.userId)
    table.item[index] = items.indexOf(row.productId)
    table.session[index] = row.sessionId === null ? -1 : sessions.indexOf(row.sessionId)
    table.weight[index] = row.weight
    table.at[index] = row.at / 1000
    table.purchase[index] = row.weight >= EVENT_WEIGHTS.purchase ? 1 : 0
  }
  return table
}

class Names {
  readonly names: string[] = []
  private readonly indexes = new Map<string, number>()

  indexOf(name: string): number {
    let index = this.indexes.get(name)
    if (index === undefined) {
      index = this.names.push(name) - 1
      this.indexes.set(name, index)
    }
    return index
  }
}

function compare(one: string, two: string): number {
  return one < two ? -1 : one > two ? 1 : 0
}

function check(row: Interaction, index: number): void {
  if (!row.userId) throw new ForesightError("invalid_interactions", `interactions[${index}].userId is empty; expected an id`)
  if (!row.productId) throw new ForesightError("invalid_interactions", `interactions[${index}].productId is empty; expected an id`)
  if (!Number.isFinite(row.at)) throw new ForesightError("invalid_interactions", `interactions[${index}].at is ${row.at}; expected ms since 1970`)
  if (!Number.isFinite(row.weight) || row.weight < 0) {
    throw new ForesightError("invalid_interactions", `interactions[${index}].weight is ${row.weight}; expected a finite number ≥ 0`)
  }
}
