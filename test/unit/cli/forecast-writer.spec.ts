import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Writable } from "node:stream"
import { gunzipSync } from "node:zlib"
import { fileWriter, stdoutWriter } from "../../../src/cli/forecast-writer"

const folder = mkdtempSync(join(tmpdir(), "foresight-writer-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe("fileWriter()", () => {
  it.each(["out.csv", "out.csv.gz"])("writes %s whole, and under its name only when it is", async (name) => {
    const path = join(folder, name)
    writeFileSync(path, "of yesterday")
    const writer = fileWriter(path)
    const text = "a line that is a good deal longer than nothing\n".repeat(20_000)
    for (let part = 0; part < 5; part++) await writer.write(text) // more than the streams' buffers hold
    expect(readFileSync(path, "utf8")).toBe("of yesterday")
    await writer.close()
    const written = readFileSync(path)
    expect((name.endsWith(".gz") ? gunzipSync(written) : written).toString()).toBe(text.repeat(5))
  })
  it("leaves what was there when it is given up", async () => {
    const path = join(folder, "kept.csv")
    writeFileSync(path, "of yesterday")
    const writer = fileWriter(path)
    await writer.write("half")
    writer.abort()
    expect(readFileSync(path, "utf8")).toBe("of yesterday")
    expect(readdirSync(folder).filter((name) => name.endsWith(".partial"))).toEqual([])
  })
  it("says at once when there is no such folder", () => {
    expect(() => fileWriter(join(folder, "none", "x.csv"))).toThrow("cannot be written")
    expect(existsSync(join(folder, "none"))).toBe(false)
  })
})

describe("stdoutWriter()", () => {
  it("waits for a slow reader", async () => {
    const taken: string[] = []
    const slow = new Writable({
      highWaterMark: 1,
      write(chunk, _, done) {
        taken.push(String(chunk))
        setImmediate(done)
      },
    })
    const writer = stdoutWriter(slow)
    for (const text of ["a", "b", "c"]) await writer.write(text)
    expect(taken).toEqual(["a", "b", "c"])
  })

  it("ends when the reader has gone", async () => {
    const closed = new Writable({ highWaterMark: 1, write: (_, __, done) => done(Object.assign(new Error("write EPIPE"), { code: "EPIPE" })) })
    const writer = stdoutWriter(closed)
    const many = async () => {
      for (let line = 0; line < 10; line++) await writer.write("a line\n")
    }
    await expect(many()).rejects.toMatchObject({ code: "canceled", message: "the output was closed before its end" })
  })
})
