/** Where a demand training stands: the fit before the first origin, and the one on all data once that has begun. */
export interface DemandCheckpoint {
  fit: Uint8Array | null
  final: Uint8Array | null
}

/** Both parts as one byte string: the length of the first (4 bytes, little endian), the first, the second. */
export function joinCheckpoint({ fit, final }: DemandCheckpoint): Uint8Array {
  const first = fit ?? new Uint8Array()
  const second = final ?? new Uint8Array()
  const bytes = new Uint8Array(4 + first.length + second.length)
  new DataView(bytes.buffer).setUint32(0, first.length, true)
  bytes.set(first, 4)
  bytes.set(second, 4 + first.length)
  return bytes
}

/** The parts that `joinCheckpoint()` joined; an empty or cut byte string has none. */
export function splitCheckpoint(bytes: Uint8Array | null): DemandCheckpoint {
  if (!bytes || bytes.length < 4) return { fit: null, final: null }
  const end = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  const part = (from: number, to: number) => (to <= bytes.length && to > from ? bytes.subarray(from, to) : null)
  return { fit: part(4, end), final: part(end, bytes.length) }
}
