import { TextDecoding, type Encoding } from "../../../src/imports/text-decoding"
import fc from "../../support/properties"

function decode(bytes: Uint8Array, { forced = null as Encoding | null, piece = bytes.length || 1 } = {}) {
  const decoding = new TextDecoding(forced)
  let text = ""
  for (let at = 0; at < bytes.length; at += piece) text += decoding.write(Buffer.from(bytes.subarray(at, at + piece)))
  return { text: text + decoding.end(), encoding: decoding.encoding }
}

describe("TextDecoding", () => {
  it("takes plain ASCII and valid UTF-8 for UTF-8", () => {
    expect(decode(Buffer.from("plain"))).toEqual({ text: "plain", encoding: "utf-8" })
    expect(decode(Buffer.from("Größe 鞋"))).toEqual({ text: "Größe 鞋", encoding: "utf-8" })
  })

  // bytes of "Größe €" in Windows-1252: ö F6, ß DF, € 80
  const western = Buffer.from([0x47, 0x72, 0xf6, 0xdf, 0x65, 0x20, 0x80])
  it.each([1, 3, 100])("finds Windows-1252 out, in pieces of %d", (piece) => expect(decode(western, { piece })).toEqual({ text: "Größe €", encoding: "windows-1252" }))

  it("reads UTF-16 by its byte order mark, both ways round", () => {
    const little = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("a;ß", "utf16le")])
    expect(decode(little)).toEqual({ text: "a;ß", encoding: "utf-16le" })
    expect(decode(Buffer.from([0xfe, 0xff, 0, 0x61, 0, 0xdf]))).toEqual({ text: "aß", encoding: "utf-16be" })
  })

  it("drops the byte order mark of UTF-8", () => expect(decode(Buffer.from("\ufeffa"))).toEqual({ text: "a", encoding: "utf-8" }))

  it("does as it is told", () => expect(decode(Buffer.from("ß"), { forced: "windows-1252" }).text).toBe("ÃŸ"))

  it("marks what is no UTF-8 after valid UTF-8 came first", () => expect(decode(Buffer.concat([Buffer.from("ß"), western]), { piece: 2 }).text).toContain("\ufffd"))

  it("gives any text back as it was, wherever UTF-8 is cut", () =>
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), fc.integer({ min: 1, max: 5 }), (text, piece) => {
        const bytes = Buffer.from(text)
        fc.pre(!text.startsWith("\ufeff") && bytes.toString() === text)

        expect(decode(bytes, { piece: piece }).text).toBe(text)
      }),
      { numRuns: 2_000 }
    ))
})
