import type { StagedLine } from "../../../src/database/stores/import-store"
import type { CsvRecord } from "../../../src/cli/sales-file"
import { stageRecords, type StageInput } from "../../../src/cli/stage-lines"
import { createZoneClock } from "../../../src/domain/imports/zone-clock"

const ORDERS = "order_id,ordered_at,customer_id,sku,quantity,unit_price,currency"
const EVENTS = "event_id,name,timestamp,visitor_id,sku"

async function* recordsOf(lines: readonly string[]): AsyncGenerator<CsvRecord> {
  for (const [at, text] of lines.entries()) yield { line: at + 1, fields: text.split(",") }
}

async function stage(lines: readonly string[], own: Partial<StageInput> = {}) {
  const input: StageInput = { name: "sales.csv", columns: new Map(), source: "old-shop", clock: createZoneClock("Europe/Berlin"), weeks: 0, notAfter: null, ...own }
  const { header, lines: staged } = await stageRecords(recordsOf(lines), input)
  const good: StagedLine[] = []
  const refused: unknown[] = []
  for await (const line of staged) {
    if ("staged" in line) good.push(line.staged)
    else refused.push(line.refused)
  }
  return { header, good, refused }
}

describe("stageRecords()", () => {
  it("keeps exact duplicates apart and gives the same keys to a longer export", async () => {
    const rows = ["1,2026-01-05T10:00:00Z,c,CUP,2,10,EUR", "1,2026-01-05T10:00:00Z,c,CUP,2,10,EUR"]
    const short = await stage([ORDERS, ...rows])
    const long = await stage([ORDERS, "0,2026-01-01T10:00:00Z,c,CUP,2,10,EUR", ...rows])
    const keys = short.good.map(({ eventKey }) => eventKey)
    expect(new Set(keys).size).toBe(2)
    expect(long.good.slice(1).map(({ eventKey }) => eventKey)).toEqual(keys)
  })

  it("gives other keys to another source", async () => {
    const row = [ORDERS, "1,2026-01-05T10:00:00Z,c,CUP,2,10,EUR"]
    expect((await stage(row)).good[0]?.eventKey).not.toBe((await stage(row, { source: "other" })).good[0]?.eventKey)
  })

  it("takes a browse event's own id, numbers its further products, and sees the same one twice", async () => {
    const { good } = await stage([EVENTS, "e1,view_item,2026-01-05T10:00:00Z,v,CUP", "e1,view_item,2026-01-05T10:00:00Z,v,POT", "e1,view_item,2026-01-05T10:00:00Z,v,CUP"])
    expect(good.map(({ eventKey }) => eventKey)).toEqual(["e1", "e1#2", "e1"])
  })

  it("moves days and instants by whole weeks on the shop's clock, over a change of the clocks too", async () => {
    // Sunday 22 March 2026 23:30 in Berlin (UTC+1) + 1 week = Sunday 29 March 23:30 (UTC+2)
    const { good } = await stage([ORDERS, "1,2026-03-22T22:30:00Z,c,CUP,2,10,EUR"], { weeks: 1 })
    expect(good[0]).toMatchObject({ day: "2026-03-29", occurredAt: new Date("2026-03-29T21:30:00Z") })
  })

  it("takes columns by other names", async () => {
    const { header, good } = await stage(["Order No,ordered_at,customer_id,sku,quantity,unit_price,currency", "7,2026-01-05T10:00:00Z,c,CUP,2,10,EUR"], { columns: new Map([["Order No", "order_id"]]) })
    expect(header.format).toBe("orders")
    expect(good[0]?.orderId).toBe("7")
  })

  it("refuses a broken line by its number and goes on", async () => {
    const { good, refused } = await stage([ORDERS, "1,yesterday,c,CUP,2,10,EUR", "2,2026-01-05T10:00:00Z,c,CUP,2,10,EUR"])
    expect(good).toHaveLength(1)
    expect(refused).toEqual([expect.objectContaining({ line: 2, column: "ordered_at", value: "yesterday" })])
  })

  it("names the file and the missing column", () => expect(stage(["order_id,ordered_at,customer_id,sku,quantity,unit_price"])).rejects.toThrow("sales.csv: line 1 lacks the column currency"))

  it("says that a file is empty", () => expect(stage([])).rejects.toThrow("sales.csv is empty; expected a header"))
})
