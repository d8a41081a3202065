import { parse } from "csv-parse/sync"
import { RecordSplitter, type CsvRecord } from "../../../src/imports/record-splitter"
import fc from "../../support/properties"

/** Records of a text that arrives in pieces. */
function split(text: string, { separator = "," as const, piece = text.length || 1 }: { separator?: "," | ";" | "\t"; piece?: number } = {}): CsvRecord[] {
  const splitter = new RecordSplitter(separator)
  const records: CsvRecord[] = []
  for (let at = 0; at < text.length; at += piece) records.push(...splitter.push(text.slice(at, at + piece)))
  return [...records, ...splitter.end().records]
}
const fields = (text: string, how = {}) => split(text, how).map((record) => ("fields" in record ? record.fields : record.broken))

describe("RecordSplitter", () => {
  it("tells each record with its line, through blank lines and quotes", () =>
    expect(split('a,b\n1,"x, y"\n\n2,z\n')).toEqual([
      { line: 1, fields: ["a", "b"] },
      { line: 2, fields: ["1", "x, y"] },
      { line: 4, fields: ["2", "z"] },
    ]))

  it("reads a line break inside quotes as part of its field, numbered by its first line", () =>
    expect(split('a,b\r\n1,"x\r\ny ""z"""\r\n2,w\r\n')).toEqual([
      { line: 1, fields: ["a", "b"] },
      { line: 2, fields: ["1", 'x\ny "z"'] },
      { line: 4, fields: ["2", "w"] },
    ]))

  it("leaves a stray quote in its field, so that the line is judged alone", () => expect(fields('a,b\n3,"4"5\n6,7"\n8,9\n')).toEqual([["a", "b"], ["3", '"4"5'], ["6", '7"'], ["8", "9"]]))

  it("names the line of a quote that is never closed, and goes on behind it", () =>
    expect(split('a,b\n1,2\n3,"4\n5,6\n7,8')).toEqual([
      { line: 1, fields: ["a", "b"] },
      { line: 2, fields: ["1", "2"] },
      { line: 3, broken: expect.stringContaining("never closed") as string, text: '3,"4' },
      { line: 4, fields: ["5", "6"] },
      { line: 5, fields: ["7", "8"] },
    ]))

  it("gives a record up that is longer than a million characters, not the file behind it", () => {
    const records = split(`1,"2\n${"x,y\n".repeat(300_000)}3,4\n`, { piece: 65_536 })
    expect(records[0]).toMatchObject({ line: 1, broken: expect.stringContaining("never closed") as string })
    expect(records).toHaveLength(300_002)
    expect(records.at(-1)).toEqual({ line: 300_002, fields: ["3", "4"] })
  })

  it("skips lines that hold only separators, as spreadsheets leave them", () => expect(fields("a,b\n,\n1,2\n,,\n")).toEqual([["a", "b"], ["1", "2"]]))

  it("reads the line ends of old Macs", () => expect(fields("a;b\r1;2\r", { separator: ";" })).toEqual([["a", "b"], ["1", "2"]]))

  it("says whether the last line lacks its line break", () => {
    const splitter = new RecordSplitter(",")
    splitter.push("a,b\n1,2")
    expect(splitter.end()).toEqual({ records: [{ line: 2, fields: ["1", "2"] }], torn: true })
  })

  // An independent writer's quoting, cut into pieces anywhere: csv-parse over the whole text is the other reading.
  it("reads what csv-parse reads, however the text arrives", () =>
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ unit: fc.constantFrom("a", "1", ",", '"', "\n", " ", "é") }), { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        (rows, piece) => {
          const cell = (text: string) => (/[",\n]/.test(text) || text === "" ? `"${text.replaceAll('"', '""')}"` : text)
          const text = rows.map((row) => `${row.map(cell).join(",")}\n`).join("")
          expect(fields(text, { piece })).toEqual(parse(text, { record_delimiter: "\n", relax_column_count: true }))
        }
      ),
      { numRuns: 1_000 }
    ))
})
