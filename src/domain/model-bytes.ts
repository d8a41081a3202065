import { z } from "zod"
import { ForesightError } from "./errors"

const MAGIC = 0x4d525346 // "FSRM" read as little-endian
const FORMAT = 1
const ARRAYS = { i4: Int32Array, f4: Float32Array, f8: Float64Array } as const
type ModelArray = Int32Array | Float32Array | Float64Array

const Header = z.object({
  kind: z.string(),
  format: z.literal(FORMAT),
  meta: z.unknown(),
  arrays: z.array(z.object({ name: z.string(), type: z.enum(["i4", "f4", "f8"]), length: z.number().int().min(0) })),
})

/** Packs a model: magic, header length, JSON header, then each array on a boundary of 8 bytes, little-endian. */
export function packModel(kind: string, meta: unknown, arrays: Record<string, ModelArray>): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(arrays)
  const header = new TextEncoder().encode(
    JSON.stringify({ kind, format: FORMAT, meta, arrays: entries.map(([name, array]) => ({ name, type: typeOf(array), length: array.length })) })
  )
  const first = aligned(8 + header.length)
  const bytes = new Uint8Array(entries.reduce((sum, [, array]) => sum + aligned(array.byteLength), first))
  const view = new DataView(bytes.buffer)
  view.setUint32(0, MAGIC, true)
  view.setUint32(4, header.length, true)
  bytes.set(header, 8)
  let at = first
  for (const [, array] of entries) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at)
    at += aligned(array.byteLength)
  }
  return bytes
}

/** A model whose arrays are read when asked for. */
export interface UnpackedModel {
  meta: unknown
  /** Names of the arrays, in the order they were packed. */
  names: string[]
  /** A copy of one array. @throws ForesightError `invalid_model` when there is none of that name and type. */
  array: <Type extends keyof typeof ARRAYS>(name: string, type: Type) => InstanceType<(typeof ARRAYS)[Type]>
}

/** What `packModel()` packed. @throws ForesightError `invalid_model` when it is not a whole model of that kind and format. */
export function unpackModel(kind: string, bytes: Uint8Array): UnpackedModel {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 8 || view.getUint32(0, true) !== MAGIC) {
    throw new ForesightError("invalid_model", `model of ${bytes.length} bytes does not begin as a ${kind} model does`)
  }
  const length = view.getUint32(4, true)
  if (8 + length > bytes.length) throw new ForesightError("invalid_model", `model header is ${length} bytes of ${bytes.length}; the model is cut off`)
  const header = readHeader(bytes.subarray(8, 8 + length))
  if (header.kind !== kind) throw new ForesightError("invalid_model", `model is of kind ${JSON.stringify(header.kind)}; expected ${JSON.stringify(kind)}`)
  const places = new Map<string, { type: keyof typeof ARRAYS; length: number; at: number }>()
  let end = aligned(8 + length)
  for (const { name, type, length: count } of header.arrays) {
    places.set(name, { type, length: count, at: end })
    end += aligned(count * ARRAYS[type].BYTES_PER_ELEMENT)
  }
  if (end !== bytes.length) throw new ForesightError("invalid_model", `model has ${bytes.length} bytes; its header expects ${end}`)
  return {
    meta: header.meta,
    names: [...places.keys()],
    array(name, type) {
      const place = places.get(name)
      if (!place || place.type !== type) throw new ForesightError("invalid_model", `model has no array ${JSON.stringify(name)} of type ${type}`)
      // new Uint8Array copies; slice() of a Buffer would not, and a Buffer may begin at any byte
      const copy = new Uint8Array(bytes.subarray(place.at, place.at + place.length * ARRAYS[type].BYTES_PER_ELEMENT))
      return new ARRAYS[type](copy.buffer, 0, place.length) as InstanceType<(typeof ARRAYS)[typeof type]>
    },
  }
}

function readHeader(bytes: Uint8Array): z.infer<typeof Header> {
  try {
    return Header.parse(JSON.parse(new TextDecoder().decode(bytes)))
  } catch (cause) {
    throw new ForesightError("invalid_model", `model header cannot be read; expected format ${FORMAT}`, { cause })
  }
}

/** By the array's own name: one that comes from a thread need not be an instance of this realm's class. */
function typeOf(array: ModelArray): keyof typeof ARRAYS {
  return ({ Int32Array: "i4", Float32Array: "f4", Float64Array: "f8" } as const)[array[Symbol.toStringTag]]
}

function aligned(size: number): number {
  return Math.ceil(size / 8) * 8
}
