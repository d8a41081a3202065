import type { ChangeCursor, ChangePage } from "./shop-reader"

/** The part of Medusa's filters that a walk over changes needs. */
export interface ChangeQuery {
  filters: { updated_at: { $gte: Date; $lt?: Date }; id?: { $gt: string } }
  order: { updated_at?: "ASC"; id: "ASC" }
  take: number
}

interface Changed {
  id: string
  updatedAt: Date
}

/**
 * Reads the next rows by (updated_at, id), missing none and ending always. Postgres keeps microseconds, JavaScript only milliseconds, and a bulk
 * insert may give thousands of rows the same time; so rows of one millisecond are walked by id, and a page never ends inside a millisecond otherwise.
 * @param read Answers rows that match the filters, in the order asked for, at most `take`.
 */
export async function readChanges<Row extends Changed>(read: (query: ChangeQuery) => Promise<Row[]>, cursor: ChangeCursor | null, limit: number): Promise<ChangePage<Row>> {
  const window = async (updatedAt: number, lastId: string) =>
    read({ filters: { updated_at: { $gte: new Date(updatedAt), $lt: new Date(updatedAt + 1) }, id: { $gt: lastId } }, order: { id: "ASC" }, take: limit })

  const rest = cursor ? await window(cursor.updatedAt.getTime(), cursor.lastId) : []
  if (rest.length === limit) return page(rest, true)
  const from = cursor ? cursor.updatedAt.getTime() + 1 : 0
  const later = await read({ filters: { updated_at: { $gte: new Date(from) } }, order: { updated_at: "ASC", id: "ASC" }, take: limit })
  if (later.length < limit) return page([...rest, ...later.sort(byChange)], false, cursor)

  const end = later.at(-1)?.updatedAt.getTime() ?? from
  const whole = later.filter((row) => row.updatedAt.getTime() < end)
  if (whole.length > 0 || rest.length > 0) return page([...rest, ...whole.sort(byChange)], true)
  return page(await window(end, ""), true)
}

const byChange = (one: Changed, two: Changed) => one.updatedAt.getTime() - two.updatedAt.getTime() || (one.id < two.id ? -1 : 1)

function page<Row extends Changed>(rows: Row[], more: boolean, before: ChangeCursor | null = null): ChangePage<Row> {
  const last = rows.at(-1)
  return { rows, more, cursor: last ? { updatedAt: last.updatedAt, lastId: last.id } : before }
}
