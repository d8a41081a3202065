import { readChanges, type ChangeQuery } from "../../../src/shop/read-changes"
import type { ChangeCursor } from "../../../src/shop/shop-reader"
import fc from "../../support/properties"

interface Row {
  id: string
  /** As Postgres keeps it. */
  micros: number
}

/** A table as Postgres holds it: microseconds; what JavaScript reads of it has milliseconds. */
const tableOf = (rows: readonly Row[]) => async ({ filters: { updated_at, id }, order, take }: ChangeQuery) =>
  rows
    .filter((row) => row.micros >= updated_at.$gte.getTime() * 1000 && (!updated_at.$lt || row.micros < updated_at.$lt.getTime() * 1000) && (!id || row.id > id.$gt))
    .sort((one, two) => (order.updated_at ? one.micros - two.micros : 0) || (one.id < two.id ? -1 : 1))
    .slice(0, take)
    .map((row) => ({ id: row.id, updatedAt: new Date(Math.floor(row.micros / 1000)) }))

async function walk(rows: readonly Row[], limit: number): Promise<string[]> {
  const seen: string[] = []
  let cursor: ChangeCursor | null = null
  for (let pages = 0; pages < 1000; pages += 1) {
    const page: { rows: { id: string; updatedAt: Date }[]; cursor: ChangeCursor | null; more: boolean } = await readChanges(tableOf(rows), cursor, limit)
    seen.push(...page.rows.map(({ id }) => id))
    cursor = page.cursor
    if (!page.more) return seen
  }
  throw new Error("the walk does not end")
}

describe("readChanges()", () => {
  it("meets every row exactly once, also when thousands share a millisecond and differ below it", async () => {
    const rows = fc.uniqueArray(fc.record({ id: fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 4 }), micros: fc.integer({ min: 0, max: 6000 }) }), { selector: ({ id }) => id, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 7 }), async (table, limit) => {
        expect((await walk(table, limit)).sort()).toEqual(table.map(({ id }) => id).sort())
      })
    )
  })

  it("goes on after the cursor and meets what has changed since", async () => {
    const cursor = { updatedAt: new Date(5), lastId: "b" }
    const page = await readChanges(tableOf([{ id: "a", micros: 5000 }, { id: "b", micros: 5001 }, { id: "c", micros: 5900 }, { id: "d", micros: 7000 }]), cursor, 10)
    expect(page).toMatchObject({ rows: [{ id: "c" }, { id: "d" }], more: false, cursor: { lastId: "d", updatedAt: new Date(7) } })
  })

  it("keeps the cursor when nothing has changed", async () => {
    const cursor = { updatedAt: new Date(5), lastId: "b" }
    expect(await readChanges(tableOf([]), cursor, 10)).toEqual({ rows: [], more: false, cursor })
  })
})
