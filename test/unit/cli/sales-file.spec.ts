import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { gzipSync } from "node:zlib"
import { openSalesFile, readRecords, type CsvRecord } from "../../../src/cli/sales-file"

let folder: string
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "foresight-test-"))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function recordsOf(content: string | Buffer, name = "sales.csv"): Promise<CsvRecord[]> {
  const path = join(folder, name)
  writeFileSync(path, content)
  const records: CsvRecord[] = []
  for await (const record of readRecords({ path, name })) records.push(record)
  return records
}

describe("readRecords()", () => {
  it("tells each record with its line, through a byte order mark, blank lines and quotes", async () =>
    expect(await recordsOf('\ufeffa,b\n1,"x, y"\n\n2,z\n')).toEqual([
      { line: 1, fields: ["a", "b"] },
      { line: 2, fields: ["1", "x, y"] },
      { line: 4, fields: ["2", "z"] },
    ]))

  it("reads gzip whatever the name says", async () => expect(await recordsOf(gzipSync("a,b\n1,2\n"))).toHaveLength(2))

  it.each([[";", "a;b;c,d\n1;2;3\n"], ["\t", "a\tb\n1\t2\n"]])("finds the delimiter %j by the first line", async (_, content) => expect((await recordsOf(content))[1]).toMatchObject({ fields: expect.arrayContaining(["1", "2"]) as string[] }))

  it("leaves a stray quote in its field, so that the line is judged alone", async () =>
    expect(await recordsOf('a,b\n1,2\n3,"4"5\n6,7"\n8,9\n')).toEqual([
      { line: 1, fields: ["a", "b"] },
      { line: 2, fields: ["1", "2"] },
      { line: 3, fields: ["3", '"4"5'] },
      { line: 4, fields: ["6", '7"'] },
      { line: 5, fields: ["8", "9"] },
    ]))

  it("says where a quote was opened that is never closed", async () =>
    expect(await recordsOf('a,b\n1,2\n3,"4\n5,6\n')).toContainEqual({ line: 3, broken: expect.stringContaining("never closed") as string, text: expect.any(String) as string }))

  it("says that a gzip is cut short", async () => {
    const whole = gzipSync(Array.from({ length: 5000 }, (_, row) => `${row},${Math.sin(row)}`).join("\n"))
    await expect(recordsOf(whole.subarray(0, whole.length - 5000), "cut.csv.gz")).rejects.toMatchObject({ code: "invalid_file", message: expect.stringContaining("cut.csv.gz cannot be read") as string })
  })

  it("has no record in an empty file", async () => expect(await recordsOf("")).toEqual([]))
})

describe("openSalesFile()", () => {
  it("names a file that is not there", () => expect(openSalesFile(join(folder, "nothing.csv"))).rejects.toMatchObject({ code: "invalid_file" }))

  it("lays stdin down, knows it by its content, and removes it", async () => {
    const path = join(folder, "same.csv")
    writeFileSync(path, "a,b\n")
    const [file, stdin] = [await openSalesFile(path), await openSalesFile("-", Readable.from([Buffer.from("a,b\n")]))]
    expect(stdin).toMatchObject({ name: "stdin", hash: file.hash, bytes: 4 })
    stdin.remove()
    await expect(openSalesFile(stdin.path)).rejects.toThrow("does not exist")
  })
})
