import { VALUES } from "./kernel-code"
import type { KernelMemory, Kernels } from "./kernels"
import type { BinRule } from "./types"

/** Codes up to this one are looked up in a list, larger ones in a map. */
const MOST_LISTED = 65_535

/** Where bins go. */
export interface BinPlace {
  start: number
  /** The byte for a numeric column's missing values. */
  missing: number
}

/** Finds the bins of values, column by column, a block of rows at a time. */
export class BinWriter {
  private readonly kernels: Kernels
  private readonly values: Float32Array
  private readonly borders: (Float32Array | null)[]
  private readonly codes: ((value: number) => number)[]

  /** @param memory Of the sizes that `writerSizes()` names. */
  constructor(memory: KernelMemory, rules: readonly BinRule[], block: number) {
    this.kernels = memory.kernels
    this.values = memory.floats(padded(block))
    this.borders = rules.map((rule) => {
      if (rule.kind !== "numeric") return null
      const borders = memory.floats(bordersOf(rule.uppers))
      borders.set(rule.uppers.subarray(0, borders.length))
      return borders
    })
    this.codes = rules.map((rule) => (rule.kind === "categorical" ? binOfCode(rule.codes) : () => 0))
  }

  /** Writes the bins of rows `from … to − 1` to each place of `out`, which stands in the kernels' memory.
   * Up to the next multiple of 16 it writes behind them.
   * @param places One or two; a categorical column's missing values are 0 wherever they go.
   * @param flip Bits of a numeric column's bins that are flipped.
   */
  write(column: number, values: Float32Array, from: number, to: number, out: Uint8Array, places: readonly BinPlace[], flip = 0): void {
    const borders = this.borders[column]
    const [first, second = first] = places
    if (from === to || !first || !second) return
    if (borders) {
      this.values.set(values.subarray(from, to))
      const { byteOffset } = this.values
      const ends = [byteOffset + 4 * (to - from), borders.byteOffset, borders.byteOffset + borders.byteLength] as const
      this.kernels.findBins(byteOffset, ...ends, out.byteOffset + first.start, flip, first.missing, out.byteOffset + second.start, second.missing)
      return
    }
    const binOf = this.codes[column] as (value: number) => number
    for (let row = from, at = first.start; row < to; row++, at++) out[at] = binOf(values[row] as number)
  }
}

/** Bytes of each array that a writer takes. */
export function writerSizes(rules: readonly BinRule[], block: number): number[] {
  return [4 * padded(block), ...rules.flatMap((rule) => (rule.kind === "numeric" ? [4 * bordersOf(rule.uppers)] : []))]
}

/** Bin of one value. */
export function binOf(rule: BinRule, value: number): number {
  if (rule.kind === "categorical") return rule.codes.indexOf(value) + 1
  return Number.isNaN(value) ? 0 : 1 + rule.uppers.findIndex((upper) => value <= upper)
}

/** The last border is infinite: no value lies above it, so it is left out where there is another. */
function bordersOf(uppers: Float64Array): number {
  return Math.max(1, uppers.length - 1)
}

/** Bytes or values of a block with what the kernel touches behind it. */
export function padded(block: number): number {
  return Math.ceil(block / VALUES) * VALUES
}

function binOfCode(codes: Float64Array): (value: number) => number {
  const bins = new Map([...codes].map((code, at) => [code, at + 1]))
  if (!codes.every((code) => Number.isInteger(code) && code >= 0 && code <= MOST_LISTED)) return (value) => bins.get(value) ?? 0
  const listed = new Uint8Array(1 + codes.reduce((most, code) => Math.max(most, code), 0))
  for (const [code, bin] of bins) listed[code] = bin
  // a fraction or what is outside reads `undefined`
  return (value) => listed[value] ?? 0
}
