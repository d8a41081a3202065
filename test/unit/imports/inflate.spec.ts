import { gzipSync } from "node:zlib"
import { inflate } from "../../../src/imports/inflate"

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
async function unpack(bytes: Buffer, size = 1000) {
  const cuts: string[] = []
  const parts: Buffer[] = []
  for await (const part of inflate(pieces(bytes, size), (why) => cuts.push(why))) parts.push(part)
  return { text: Buffer.concat(parts).toString(), cuts }
}
const text = Array.from({ length: 5000 }, (_, row) => `${row},${Math.sin(row)}`).join("\n")

describe("inflate()", () => {
  it("passes other bytes unchanged", async () => expect(await unpack(Buffer.from("a,b\n"))).toEqual({ text: "a,b\n", cuts: [] }))
  it("unpacks gzip, one member or several", async () => {
    expect(await unpack(gzipSync(text))).toEqual({ text, cuts: [] })
    expect(await unpack(Buffer.concat([gzipSync("a\n"), gzipSync("b\n")]), 7)).toEqual({ text: "a\nb\n", cuts: [] })
  })
  it("gives what stands before the end of a gzip that was cut short", async () => {
    const whole = gzipSync(text)
    const { text: found, cuts } = await unpack(whole.subarray(0, whole.length - 5000))
    expect(text.startsWith(found)).toBe(true)
    expect(found.length).toBeGreaterThan(text.length / 2)
    expect(cuts).toEqual([expect.stringContaining("unexpected end of file")])
  })
  it("says that a gzip is broken in the middle", async () => {
    const broken = gzipSync(text)
    broken.fill(0xff, 20_000, 20_100)
    const { text: found, cuts } = await unpack(broken)
    expect(text.startsWith(found.slice(0, 1000))).toBe(true)
    expect(cuts).toHaveLength(1)
  })
  it("has nothing in an empty file", async () => expect(await unpack(Buffer.alloc(0))).toEqual({ text: "", cuts: [] }))
})
