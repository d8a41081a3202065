import { ForesightError } from "../domain/errors"

/** First four bytes of everything this file writes: "FSW1". */
const MAGIC = 0x31575346

/** A JSON header and named float32 arrays, as one file or one `bytea`. */
export interface PackedArrays {
  header: Record<string, unknown>
  arrays: Record<string, Float32Array>
}

/**
 * Layout, little endian: magic (4 bytes), length of the JSON (4), JSON `{ header, arrays: [[name, length], …] }` padded with spaces to a
 * multiple of 4, then the arrays' float32 numbers in that order.
 */
export function packArrays({ header, arrays }: PackedArrays): Uint8Array {
  const entries = Object.entries(arrays)
  const json = JSON.stringify({ header, arrays: entries.map(([name, values]) => [name, values.length]) })
  const text = Buffer.from(json + " ".repeat((4 - (Buffer.byteLength(json) % 4)) % 4))
  const bytes = new Uint8Array(8 + text.length + 4 * entries.reduce((total, [, values]) => total + values.length, 0))
  const view = new DataView(bytes.buffer)
  view.setUint32(0, MAGIC, true)
  view.setUint32(4, text.length, true)
  bytes.set(text, 8)
  let offset = 8 + text.length
  for (const [, values] of entries) {
    for (const value of values) {
      view.setFloat32(offset, value, true)
      offset += 4
    }
  }
  return bytes
}

/** Whether bytes begin as `packArrays()` begins them. */
export function isPackedArrays(bytes: Uint8Array): boolean {
  return bytes.length >= 8 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === MAGIC
}

/** The header and arrays that `packArrays()` wrote. @throws ForesightError `invalid_model` when the bytes are something else or cut off. */
export function unpackArrays(bytes: Uint8Array): PackedArrays {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!isPackedArrays(bytes)) {
    throw new ForesightError("invalid_model", `the model's ${bytes.length} bytes do not begin with FSW1; expected a file this version wrote`)
  }
  const start = 8 + view.getUint32(4, true)
  if (start > bytes.length) throw cutOff(bytes, start)
  const { header, arrays } = JSON.parse(Buffer.from(bytes.subarray(8, start)).toString()) as {
    header: Record<string, unknown>
    arrays: [string, number][]
  }
  const expected = start + 4 * arrays.reduce((total, [, length]) => total + length, 0)
  if (expected !== bytes.length) throw cutOff(bytes, expected)
  let offset = start
  const unpacked = arrays.map(([name, length]): [string, Float32Array] => {
    const values = Float32Array.from({ length }, (_, index) => view.getFloat32(offset + 4 * index, true))
    offset += 4 * length
    return [name, values]
  })
  return { header, arrays: Object.fromEntries(unpacked) }
}

function cutOff(bytes: Uint8Array, expected: number): ForesightError {
  return new ForesightError("invalid_model", `the model has ${bytes.length} bytes; its header says ${expected}`)
}
