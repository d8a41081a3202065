import { Readable } from "node:stream"
import { createProgress } from "../../../src/cli/progress"
import { readSalesInput } from "../../../src/cli/sales-input"

jest.mock("../../../src/calendar/holidays-of.js", () => jest.requireActual<object>("../../../src/calendar/holidays-of"), { virtual: true })

const quiet = createProgress({ terminal: false, write: () => undefined })
const rows = "item_id,date,quantity\na,2026-04-30,1\na,2026-05-02,2\n"

describe("readSalesInput()", () => {
  it("reads stdin", async () => {
    const table = await readSalesInput("-", { frequency: "day", horizon: 2, known: [], static: [] }, quiet, Readable.from([Buffer.from(rows)]))
    expect(table).toMatchObject({ items: [{ itemId: "a", locationId: null }], rows: 2 })
    await expect(readSalesInput("-", { frequency: "day", horizon: 2, known: [], static: [] }, quiet, Readable.from([Buffer.from("x")]))).rejects.toThrow("stdin line 1: no column")
  })

  it("adds a country's holidays up to the end of the horizon", async () => {
    const { source } = await readSalesInput("-", { frequency: "day", horizon: 13, known: [], static: [], country: "DE" }, quiet, Readable.from([Buffer.from(rows)]))
    const holidays = source.pick([0]).known?.find(({ name }) => name === "holidays")?.values[0]
    // 30 April to 15 May 2026: Labour Day on the 1st, Ascension Day on the 14th
    expect([...(holidays ?? [])]).toEqual([0, 1, ...new Array<number>(12).fill(0), 1, 0])
  })
})
