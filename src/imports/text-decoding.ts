import { isAscii, isUtf8 } from "node:buffer"
import { StringDecoder } from "node:string_decoder"
import { TextDecoder } from "node:util"

/** Encodings that can be forced; found out from the bytes otherwise. */
export const ENCODINGS = ["utf-8", "windows-1252", "utf-16le", "utf-16be"] as const
export type Encoding = (typeof ENCODINGS)[number]

const NOTHING = Buffer.alloc(0)
const LONGEST_MARK = 3

interface Decoder {
  write(chunk: Buffer): string
  end(): string
}

/**
 * Decodes a file as it streams by. The byte order mark tells UTF-8 and UTF-16; else the first chunk with other than ASCII characters decides:
 * valid UTF-8 is UTF-8, anything else Windows-1252 (what Excel writes in Western Europe), where every byte is a character.
 */
export class TextDecoding {
  private decoder: Decoder | null
  private begun = false
  /** Bytes of a character that is not whole yet. */
  private held: Buffer = NOTHING
  private found: Encoding | null

  constructor(forced: Encoding | null = null) {
    this.found = forced
    this.decoder = forced ? decoderOf(forced) : null
  }

  /** As decided so far; plain ASCII is UTF-8 as well. */
  get encoding(): Encoding {
    return this.found ?? "utf-8"
  }

  write(chunk: Buffer): string {
    let bytes = this.held.length > 0 ? Buffer.concat([this.held, chunk]) : chunk
    this.held = NOTHING
    if (!this.begun && bytes.length >= LONGEST_MARK) bytes = this.withoutMark(bytes)
    if (!this.decoder) {
      if (isAscii(bytes)) return bytes.toString("latin1")
      const whole = withoutTornEnd(bytes)
      if (isAscii(whole)) {
        // the first other character is not all here: it decides when it is
        this.held = bytes.subarray(whole.length)
        return whole.toString("latin1")
      }
      this.decide(isUtf8(whole) ? "utf-8" : "windows-1252")
    }
    return this.decoder?.write(bytes) ?? ""
  }

  end(): string {
    if (this.held.length > 0) this.decide("windows-1252")
    return (this.decoder?.write(this.held) ?? "") + (this.decoder?.end() ?? "")
  }

  private withoutMark(bytes: Buffer): Buffer {
    this.begun = true
    const marked = markOf(bytes)
    if (!marked) return bytes
    if (!this.found) this.decide(marked.encoding)
    return this.found === marked.encoding ? bytes.subarray(marked.length) : bytes
  }

  private decide(encoding: Encoding): void {
    this.found = encoding
    this.decoder = decoderOf(encoding)
  }
}

function decoderOf(encoding: Encoding): Decoder {
  if (encoding === "utf-8") {
    const decoder = new StringDecoder("utf8")
    return { write: (chunk) => decoder.write(chunk), end: () => decoder.end() }
  }
  const decoder = new TextDecoder(encoding)
  return { write: (chunk) => decoder.decode(chunk, { stream: true }), end: () => decoder.decode() }
}

function markOf(bytes: Buffer): { encoding: Encoding; length: number } | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: "utf-8", length: 3 }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: "utf-16le", length: 2 }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: "utf-16be", length: 2 }
  return null
}

/** A chunk may end inside a character: its first bytes say nothing against UTF-8. */
function withoutTornEnd(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes
    if (byte < 0xc0) continue // a follower: its leader stands before
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return needed > back ? bytes.subarray(0, bytes.length - back) : bytes
  }
  return bytes
}
