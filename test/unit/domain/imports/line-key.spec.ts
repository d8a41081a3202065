import { createHash } from "node:crypto"
import { lineKey } from "../../../../src/domain/imports/line-key"
import { sha256Hex } from "../../../../src/domain/imports/sha256"

describe("sha256Hex()", () => {
  // Every length around the 64-byte block's edges, and characters of 1 to 4 bytes; node:crypto is the independent implementation.
  it.each([..."0123456789".split("").map((digit) => digit.repeat(50 + Number(digit) * 2)), "", "a".repeat(64), "a".repeat(1000), "Grüße €5 😀"])("agrees with node:crypto on %j", (text) =>
    expect(sha256Hex(text)).toBe(createHash("sha256").update(text).digest("hex"))
  )
})

describe("lineKey()", () => {
  const line = { source: "shop", orderId: "o1", sku: "a", occurrence: 1 }
  it("is 128 bits of the hash of its four parts", () => {
    expect(lineKey(line)).toBe(createHash("sha256").update('["shop","o1","a",1]').digest("hex").slice(0, 32))
  })
  it("differs with each part, and where only the border between parts moves", () => {
    const keys = [line, { ...line, source: "s" }, { ...line, orderId: "o2" }, { ...line, sku: "b" }, { ...line, occurrence: 2 }, { ...line, source: "sho", orderId: "po1" }]
    expect(new Set(keys.map(lineKey)).size).toBe(keys.length)
  })
})
