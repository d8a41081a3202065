import { binTable } from "../../../../src/domain/boosting"
import { cellAt } from "../../../../src/domain/boosting/bin-table"
import { addRows, layOutHistogram, subtractHistogram } from "../../../../src/domain/boosting/histogram"
import { inKernelMemory } from "../../../../src/domain/boosting/kernels"
import { createRandom } from "../../../../src/domain/random"
import fc from "../../../support/properties"

const random = createRandom(11)
const ROWS = 200
const table = binTable({
  columns: Array.from({ length: 11 }, () => Float32Array.from({ length: ROWS }, () => (random() < 0.1 ? NaN : Math.floor(9 * random())))),
  names: [..."abcdefghijk"],
  categorical: new Set(),
  maxBins: 255,
})
const binCounts = Int32Array.from(table.rules, (rule) => 1 + (rule.kind === "numeric" ? rule.uppers.length : 0))

/** Sums by the kernels, and one by one. */
function bothWays(features: number[], rows: number[]) {
  const layout = layOutHistogram(Int32Array.from(features), binCounts)
  const slopes = Float32Array.from({ length: 2 * rows.length }, () => random() - 0.5)
  const plain = new Float64Array(layout.length)
  for (const [place, feature] of features.entries()) {
    for (const [at, row] of rows.entries()) {
      const to = layout.starts[place]! + 2 * table.bins[cellAt(feature, row, ROWS)]!
      plain[to] = plain[to]! + slopes[2 * at]!
      plain[to + 1] = plain[to + 1]! + slopes[2 * at + 1]!
    }
  }
  const summed = inKernelMemory([table.bins.length, 4 * rows.length, 8 * rows.length, 8 * layout.length], (memory) => {
    const [bins, order, leafSlopes, sums] = [
      memory.bytes(table.bins.length),
      memory.integers(rows.length),
      memory.floats(2 * rows.length),
      memory.doubles(layout.length),
    ]
    bins.set(table.bins)
    order.set(rows)
    leafSlopes.set(slopes)
    addRows(memory.kernels, sums.fill(7), layout, bins, ROWS, order, leafSlopes)
    return sums.slice()
  })
  return { plain, summed }
}

describe("addRows()", () => {
  it("adds exactly what adding one by one gives, for any columns and rows", () => {
    const features = fc.uniqueArray(fc.integer({ min: 0, max: 10 }), { minLength: 1 }).map((some) => some.toSorted((a, b) => a - b))
    fc.assert(
      fc.property(features, fc.array(fc.integer({ min: 0, max: ROWS - 1 }), { maxLength: 300 }), (columns, rows) => {
        const { plain, summed } = bothWays(columns, rows)
        expect(summed).toEqual(plain)
      })
    )
  })

  it("leaves, taken from the parent's, the other child's sums", () => {
    const rows = Array.from({ length: ROWS }, (_, row) => row)
    const parent = bothWays([0, 5], rows).summed
    const same = parent.slice()
    subtractHistogram(parent, parent.slice(), parent.length)
    expect(parent).toEqual(new Float64Array(same.length))
  })
})

describe("inKernelMemory()", () => {
  it("gives a work that starts within another its own memory", () => {
    const both = inKernelMemory([16], (outer) => {
      const mine = outer.integers(4).fill(1)
      inKernelMemory([16], (inner) => inner.integers(4).fill(2))
      return [...mine]
    })
    expect(both).toEqual([1, 1, 1, 1])
  })

  it("refuses more than 4 GB", () => {
    expect(() => inKernelMemory([2 ** 32], () => 0)).toThrow("boosted trees would need 4097 MB; expected at most 4096")
  })
})
