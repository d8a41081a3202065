import { gzipSync } from "node:zlib"
import { readSales, type ReadSalesOptions } from "../../../src/sales/read-sales"

async function* chunked(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const HEADER = "item_id,date,quantity"
async function read(text: string | Buffer, options: Partial<ReadSalesOptions> = {}, size = 7) {
  const { source, close, ...table } = await readSales(chunked(Buffer.from(text), size), { name: "sales.csv", frequency: "day", known: [], statics: [], ...options })
  const panel = source.pick(table.items.map((_, index) => index))
  close()
  return { ...table, panel }
}
const lines = (...rows: string[]) => `${[HEADER, ...rows].join("\n")}\n`

describe("readSales()", () => {
  it("reads a file that comes in small pieces, plain or gzip, with any line ends, separators and quotes", async () => {
    const plain = lines("a,2026-01-01,2", '"b, blue",2026-01-02,3')
    const wanted = { items: [{ itemId: "a", locationId: null }, { itemId: "b, blue", locationId: null }], rows: 2, isWhole: true, hasLocations: false, refused: [], notes: [] }
    for (const text of [plain, `\ufeff${plain}`, plain.replaceAll("\n", "\r\n"), gzipSync(plain), plain.trimEnd()]) expect(await read(text)).toMatchObject(wanted)
    expect((await read("item_id;date;quantity\na;2026-01-01;2.5\n")).isWhole).toBe(false)
  })

  it("gives the same table for any order of rows", async () => {
    const [a, b, c] = ["x,2026-01-03,1", "y,2026-01-01,2", "x,2026-01-01,5"] as const
    expect(await read(lines(a, b, c))).toEqual(await read(lines(c, a, b)))
  })

  it("makes a series of each item at each location", async () => {
    const { items, hasLocations, panel } = await read("item_id,date,quantity,location_id\na,2026-01-01,1,north\na,2026-01-01,2,south\na,2026-01-01,4,south\n")
    expect(hasLocations).toBe(true)
    expect(items).toEqual([{ itemId: "a", locationId: "north" }, { itemId: "a", locationId: "south" }])
    expect(panel.series.map(({ seriesId, units }) => [seriesId, units[0]])).toEqual([["a@north", 1], ["a@south", 6]])
  })

  it("keeps the first category and fixed columns that an item has", async () => {
    const { panel } = await read("item_id,date,quantity,category,brand\na,2026-01-01,1,,x\na,2026-01-02,1,mugs,\na,2026-01-03,1,cups,y\n", { statics: ["brand"] })
    expect(panel.series[0]?.category).toBe("mugs")
    expect(panel.statics).toEqual([{ name: "brand", values: ["x"] }])
  })

  it("refuses an item without a single quantity, and goes on with the others", async () => {
    const table = await read(lines("a,2026-01-01,1", "ghost,2026-01-01,"))
    expect(table.items).toEqual([{ itemId: "a", locationId: null }])
    expect(table.refused).toEqual([{ itemId: "ghost", locationId: null, reason: "no row has a quantity while it was in stock: nothing is known of its demand" }])
  })

  it.each([
    ["text for a quantity", lines("a,2026-01-01,abc"), 'sales.csv line 2, column quantity: found "abc"; expected a number such as 12 or 12.5'],
    ["NaN for a quantity", lines("a,2026-01-01,1", "a,2026-01-02,NaN"), 'sales.csv line 3, column quantity: found "NaN"'],
    ["a day that does not exist", lines("a,2026-02-30,1"), 'sales.csv line 2, column date: found "2026-02-30"; expected a date that exists'],
    ["a missing id", lines(",2026-01-01,1"), 'sales.csv line 2, column item_id: found ""; expected the item\'s id'],
    ["a line with too few fields", lines("a,2026-01-01"), 'sales.csv line 2: found "a,2026-01-01"; expected 3 fields as in the header, not 2'],
    ["a quote that is never closed", lines('"a,2026-01-01,1', "b,2026-01-01,1"), "sales.csv line 2"],
    ["a negative price", "item_id,date,quantity,price\na,2026-01-01,1,-5\n", 'column price: found "-5"; expected a number of at least 0'],
    ["in_stock that is no flag", "item_id,date,quantity,in_stock\na,2026-01-01,1,some\n", 'column in_stock: found "some"; expected 1 or 0'],
    ["an empty file", "", "sales.csv is empty"],
    ["a header and nothing else", lines(), "sales.csv has a header and no line after it"],
    ["rows without any quantity", lines("a,2026-01-01,"), "sales.csv: no row has a quantity"],
    ["a header without its columns", "sku,day,qty\na,2026-01-01,1\n", "sales.csv line 1: no column item_id, date, quantity"],
  ])("names %s", async (_, text, message) => {
    await expect(read(text)).rejects.toMatchObject({ code: "invalid_file", message: expect.stringContaining(message) as string })
  })

  it("lists several problems of one file together", async () => {
    await expect(read(lines("a,2026-01-01,x", ",soon,1", "a,2026-01-02,2"))).rejects.toThrow(/line 2, column quantity[^]*line 3, column item_id[^]*line 3, column date/)
  })

  it("names a gzip that was cut short", async () => {
    const whole = gzipSync(lines(...Array.from({ length: 2000 }, (_, at) => `item-${(at * 7919) % 1999},2026-01-01,${at}`)))
    await expect(read(whole.subarray(0, whole.length - 100), {}, 1000)).rejects.toThrow("sales.csv cannot be read to its end")
  })

  it("reads what is known ahead from rows without a quantity", async () => {
    const text = "item_id,date,quantity,promo\na,2026-01-01,1,0\na,2026-01-02,2,true\na,2026-01-03,,1\n"
    const { panel, notes } = await read(text, { known: ["promo"] })
    expect(panel.periods).toHaveLength(2)
    expect(panel.known?.map(({ values }) => values.map((value) => [...value]))).toEqual([[[0, 1, 1]]])
    expect(notes).toEqual([])
    await expect(read(text.replace("true", "often"), { known: ["promo"] })).rejects.toThrow('line 3, column promo: found "often"; expected a number, true or false')
  })

  it("says what it decided on the way", async () => {
    const told = async (text: string, options?: Partial<ReadSalesOptions>) => (await read(text, options)).notes.join("\n")
    expect(await told(lines("a,2026-01-01,1", "a,2026-01-02,-4"))).toBe("1 row has a negative quantity: returns, taken off what was sold in their period; 1 period in which more came back than was sold counts as 0")
    expect(await told("item_id,date,quantity,price\na,2026-01-01,1,0\n")).toContain("1 row has a price of 0")
    expect(await told(lines("a,2026-01-01,1", "a,2026-01-02,", "a,2026-01-03,2"))).toContain("1 row up to the last period of the file without a quantity")
    expect(await told(lines("a,2026-01-01,1", "a,2026-02-01,1"))).toContain("did you mean month?")
    expect(await told(lines("a,2026-01-05,1", "a,2026-01-12,1"))).toContain("did you mean week?")
    expect(await told(lines("a,2026-01-05,1", "a,2026-01-12,1"), { frequency: "week" })).toBe("")
  })

  it("names items whose forecast may surprise: those that never sold, and those with one period far beyond all others", async () => {
    const sold = (item: string, ...units: number[]) => units.map((value, at) => `${item},2026-01-0${at + 1},${value}`)
    const { notes } = await read(lines(...["a", "b", "c", "d"].flatMap((item) => sold(item, 0, 0)), ...sold("e", 1, 2, 1, 80_995, 1, 2, 1)))
    expect(notes).toEqual([
      "4 items have no sale at all (a, b, c, and 1 more): hardly anything is forecast",
      "1 item has a period far beyond all others (e with 80995 on 2026-01-04): it counts as sold and raises means and upper levels; empty its quantity if it was a mistake",
    ])
  })
})
