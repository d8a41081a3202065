import { ForesightError } from "../errors"
import { findBinRule } from "./bin-rule"
import { BinWriter, padded, writerSizes } from "./bin-writer"
import { inKernelMemory } from "./kernels"
import type { BinnedTable, BinRule } from "./types"

/** Bins of a column at most, that of missing values included: a bin's number is one byte. */
const MOST_BINS = 255

/** Rows whose bins are found at a time. */
const BLOCK = 8192

/** A table of numbers; every column has one value a row, `NaN` where it is missing. */
export interface RawTable {
  columns: readonly Float32Array[]
  names: readonly string[]
  /** Indices of the columns whose numbers name categories. */
  categorical: ReadonlySet<number>
  /** Bins of a column at most, 2 … 255, that of missing values included. */
  maxBins: number
}

/** Replaces values by bins. The bytes are shared: threads read one copy.
 * @throws ForesightError `invalid_options` when columns, names and bins do not fit together.
 */
export function binTable({ columns, names, categorical, maxBins }: RawTable): BinnedTable {
  if (!Number.isInteger(maxBins) || maxBins < 2 || maxBins > MOST_BINS) {
    throw new ForesightError("invalid_options", `maxBins is ${maxBins}; expected a whole number from 2 to ${MOST_BINS}`)
  }
  if (names.length !== columns.length) throw new ForesightError("invalid_options", `${names.length} names for ${columns.length} columns; expected one each`)
  return filled(
    columns.map((column, at) => findBinRule(column, categorical.has(at), maxBins)),
    names,
    columns
  )
}

/** Another table in the bins of the first, as validation needs it. @throws ForesightError `invalid_options` when the columns are not those of `reference`. */
export function binTableLike(reference: Pick<BinnedTable, "names" | "rules">, columns: readonly Float32Array[]): BinnedTable {
  return filled(reference.rules, reference.names, columns)
}

/** Place of a bin in `BinnedTable.bins`. */
export function cellAt(feature: number, row: number, rows: number): number {
  return (feature >> 2) * 4 * rows + 4 * row + (feature & 3)
}

function filled(rules: readonly BinRule[], names: readonly string[], columns: readonly Float32Array[]): BinnedTable {
  if (columns.length !== rules.length) throw new ForesightError("invalid_options", `${columns.length} columns; expected ${rules.length}: ${names.join(", ")}`)
  const rows = columns[0]?.length ?? 0
  const uneven = columns.findIndex((column) => column.length !== rows)
  if (uneven >= 0) {
    throw new ForesightError("invalid_options", `column ${names[uneven]} has ${columns[uneven]?.length} rows; expected ${rows} as in ${names[0]}`)
  }
  const bins = new Uint8Array(new SharedArrayBuffer(Math.ceil(columns.length / 4) * 4 * rows))
  const words = new Uint32Array(bins.buffer)
  const block = padded(Math.min(BLOCK, rows))
  inKernelMemory([4 * block, ...writerSizes(rules, block)], (memory) => {
    const four = memory.bytes(4 * block)
    const writer = new BinWriter(memory, rules, block)
    for (let group = 0; group < columns.length; group += 4) {
      for (let from = 0; from < rows; from += block) {
        const to = Math.min(from + block, rows)
        four.fill(0)
        for (const [at, column] of columns.slice(group, group + 4).entries())
          writer.write(group + at, column, from, to, four, [{ start: at * block, missing: 0 }])
        const start = cellAt(group, from, rows) / 4
        for (let at = 0; at < to - from; at++) {
          const [a, b, c, d] = [four[at] as number, four[at + block] as number, four[at + 2 * block] as number, four[at + 3 * block] as number]
          words[start + at] = a | (b << 8) | (c << 16) | (d << 24)
        }
      }
    }
  })
  return { rows, names: [...names], rules: [...rules], bins }
}
