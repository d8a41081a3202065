/** Instructions of one expression or of a row of statements, in WebAssembly's binary form. */
export type Code = readonly number[]

/** A function that takes addresses and counts (all i32) and answers nothing: its work stands in memory. */
export interface WasmFunction {
  name: string
  parameters: number
  /** Locals after the parameters: first the i32, then the v128. */
  integers: number
  vectors: number
  body: Code
}

/** A module that imports its memory as `env.memory` and exports the functions. Small enough to write byte by byte: no compiler is needed to build the package.
 * @see WebAssembly Core Specification 2.0, chapter 5, Binary Format.
 */
export function assemble(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [0x60, ...list(Array.from({ length: parameters }, () => [I32])), 0])
  const bodies = functions.map(({ integers, vectors, body }) => {
    const code = [
      ...list([
        [...unsigned(integers), I32],
        [...unsigned(vectors), V128],
      ]),
      ...body,
      END,
    ]
    return [...unsigned(code.length), ...code]
  })
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, list(types)),
    ...section(2, list([[...text("env"), ...text("memory"), 2, 0, 1]])),
    ...section(3, list(functions.map((_, at) => unsigned(at)))),
    ...section(7, list(functions.map(({ name }, at) => [...text(name), 0, ...unsigned(at)]))),
    ...section(10, list(bodies)),
  ])
}

const I32 = 0x7f
const V128 = 0x7b
const END = 0x0b
const EMPTY = 0x40

export const get = (local: number): Code => [0x20, ...unsigned(local)]
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)]
export const constant = (value: number): Code => [0x41, ...signed(value)]
/** Adds a constant to a local. */
export const advance = (local: number, by: number): Code => set(local, add(get(local), constant(by)))
/** Repeats the body while the condition, asked after it, holds. */
export const doWhile = (body: Code, condition: Code): Code => [0x03, EMPTY, ...body, ...condition, 0x0d, 0, END]
export const ifElse = (condition: Code, then: Code, otherwise: Code): Code => [...condition, 0x04, EMPTY, ...then, 0x05, ...otherwise, END]
const binary =
  (...operation: number[]) =>
  (a: Code, b: Code): Code => [...a, ...b, ...operation]
export const add = binary(0x6a)
export const shiftLeft = binary(0x74)
export const isBelow = binary(0x49)
export const addDouble = binary(0xa0)

const load =
  (...operation: number[]) =>
  (address: Code, offset = 0): Code => [...address, ...operation, 0, ...unsigned(offset)]
const store =
  (...operation: number[]) =>
  (address: Code, value: Code, offset = 0): Code => [...address, ...value, ...operation, 0, ...unsigned(offset)]
export const loadInteger = load(0x28)
export const loadByte = load(0x2d)
export const loadDouble = load(0x2b)
export const storeDouble = store(0x39)

/** Operations on 128 bits at a time. */
const wide = (operation: number) => [0xfd, ...unsigned(operation)]
export const loadVector = load(...wide(0x00))
export const storeVector = store(...wide(0x0b))
/** One byte sixteen times. */
export const loadByteSplat = load(...wide(0x07))
/** Two floats, as doubles. */
export const loadFloatPair = (address: Code): Code => [...load(...wide(0x5d))(address), ...wide(0x5f)]
export const addDoubles = binary(...wide(0xf0))
export const vectorOf = (bytes: readonly number[]): Code => [...wide(0x0c), ...bytes]
/** A constant byte sixteen times. */
export const vector = (byte: number): Code => vectorOf(Array.from({ length: 16 }, () => byte))
/** The lowest byte of an i32 sixteen times. */
export const splatByte = (value: Code): Code => [...value, ...wide(0x0f)]
/** One float four times. */
export const loadFloatSplat = load(...wide(0x09))
/** Bits of `a` where the mask has a 1, else those of `b`. */
export const chooseBits = (a: Code, b: Code, mask: Code): Code => [...a, ...b, ...mask, ...wide(0x52)]
/** Bytes of `a` at the places `b` names; 0 for places above 15. */
export const swizzle = binary(...wide(0x0e))
export const equalBytes = binary(...wide(0x23))
export const greaterBytes = binary(...wide(0x27))
export const equalFloats = binary(...wide(0x41))
export const greaterFloats = binary(...wide(0x44))
export const andVectors = binary(...wide(0x4e))
export const orVectors = binary(...wide(0x50))
export const flipVector = binary(...wide(0x51))
/** Shorts as bytes −128 … 127. */
export const narrowToSignedBytes = binary(...wide(0x65))
/** Shorts as bytes 0 … 255. */
export const narrowToBytes = binary(...wide(0x66))
export const shiftRightBytes = binary(...wide(0x6d))
export const addBytes = binary(...wide(0x6e))
export const subtractBytes = binary(...wide(0x71))
export const largerBytes = binary(...wide(0x79))
export const narrowToShorts = binary(...wide(0x85))
export const subtractIntegers = binary(...wide(0xb1))

function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)]
}

function signed(value: number): number[] {
  const low = value & 127
  const rest = value >> 7
  return (rest === 0 && low < 64) || (rest === -1 && low >= 64) ? [low] : [low | 128, ...signed(rest)]
}

function list(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()]
}

function text(value: string): number[] {
  return list([...new TextEncoder().encode(value)].map((byte) => [byte]))
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content]
}
