import { isPackedArrays, packArrays, unpackArrays } from "../../../src/learning/packed-arrays"

describe("packArrays()", () => {
  const packed = packArrays({ header: { name: "Größe", steps: 3 }, arrays: { a: Float32Array.of(1, -2.5), b: new Float32Array(), c: Float32Array.of(7) } })

  it("gives back what was packed, also from the middle of a larger buffer", () => {
    const larger = new Uint8Array(packed.length + 3)
    larger.set(packed, 3)
    const { header, arrays } = unpackArrays(larger.subarray(3))
    expect(header).toEqual({ name: "Größe", steps: 3 })
    expect(Object.entries(arrays).map(([name, values]) => [name, [...values]])).toEqual([["a", [1, -2.5]], ["b", []], ["c", [7]]])
  })

  // 8 bytes of magic and length, the JSON padded to a multiple of 4, then three numbers of 4 bytes
  it("is as long as its layout says", () => {
    const json = new DataView(packed.buffer).getUint32(4, true)
    expect(json % 4).toBe(0)
    expect(packed.length).toBe(8 + json + 3 * 4)
  })

  it("refuses bytes that are something else", () => {
    expect(isPackedArrays(Uint8Array.of(1, 2, 3))).toBe(false)
    expect(() => unpackArrays(Uint8Array.of(1, 2, 3))).toThrow("do not begin with FSW1")
  })

  it("refuses bytes that are cut off, in the numbers or in the header", () => {
    expect(() => unpackArrays(packed.subarray(0, packed.length - 1))).toThrow(`has ${packed.length - 1} bytes; its header says ${packed.length}`)
    expect(() => unpackArrays(packed.subarray(0, 12))).toThrow("has 12 bytes")
  })
})
