import { binTable, binTableLike } from "../../../../src/domain/boosting"
import { cellAt } from "../../../../src/domain/boosting/bin-table"
import { binOf } from "../../../../src/domain/boosting/bin-writer"
import { createRandom } from "../../../../src/domain/random"

const table = (values: number[], { categorical = false, maxBins = 255 } = {}) =>
  binTable({ columns: [Float32Array.from(values)], names: ["x"], categorical: new Set(categorical ? [0] : []), maxBins })
const binsOf = ({ bins, rows }: ReturnType<typeof binTable>, column = 0) => Array.from({ length: rows }, (_, row) => bins[cellAt(column, row, rows)])

describe("binTable()", () => {
  it("gives every value its bin where there are few, in order, and bin 0 to what is missing", () => {
    expect(binsOf(table([5, -1, NaN, 5, 0, -0, Infinity, -Infinity]))).toEqual([4, 2, 0, 4, 3, 3, 5, 1])
  })

  // 8 ten times is more than 1/3 of 20 rows and stands alone; the ten others share two bins
  it("gives bins of about equally many rows where there are more values than bins, with frequent values alone", () => {
    expect(binsOf(table([...Array.from({ length: 10 }, () => 8), 1, 2, 3, 4, 5, 11, 12, 13, 14, 15], { maxBins: 4 }))).toEqual([
      ...Array.from({ length: 10 }, () => 2),
      ...[1, 1, 1, 1, 1],
      ...[3, 3, 3, 3, 3],
    ])
  })

  it("keeps bins even on 100,000 different values", () => {
    const random = createRandom(3)
    const bins = binsOf(
      table(
        Array.from({ length: 100_000 }, () => Math.exp(6 * random())),
        { maxBins: 64 }
      )
    )
    const counts = new Int32Array(64)
    for (const bin of bins) counts[bin!] = counts[bin!]! + 1
    expect(counts[0]).toBe(0)
    expect(Math.min(...counts.slice(1))).toBeGreaterThan(1400) // 100,000 / 63 = 1,587
    expect(Math.max(...counts.slice(1))).toBeLessThan(1700)
  })

  it("numbers categories by how often they come; rare ones count as missing", () => {
    expect(binsOf(table([7, 3, 3, 9, 9, 9, 4], { categorical: true, maxBins: 4 }))).toEqual([0, 2, 2, 1, 1, 1, 3])
  })

  it("bins another table alike: unknown categories are missing, values outside go to the outer bins", () => {
    const known = binTable({ columns: [Float32Array.of(1, 2, 3), Float32Array.of(1, 2, 2)], names: ["x", "c"], categorical: new Set([1]), maxBins: 255 })
    const other = binTableLike(known, [Float32Array.of(-9, 2.4, 99, NaN), Float32Array.of(2, 1, 0.5, NaN)])
    expect([binsOf(other, 0), binsOf(other, 1)]).toEqual([
      [1, 2, 3, 0],
      [1, 2, 0, 0],
    ])
  })

  it("agrees with a search through the borders on every row of seven columns, also behind a block of rows", () => {
    const random = createRandom(5)
    const columns = Array.from({ length: 7 }, (_, at) =>
      Float32Array.from({ length: 20_011 }, () => (random() < 0.1 ? NaN : Math.floor(random() * 4 ** (at + 1)) / 7))
    )
    const many = binTable({ columns, names: [..."abcdefg"], categorical: new Set([2]), maxBins: 255 })
    for (const [at, column] of columns.entries()) expect(binsOf(many, at)).toEqual(Array.from(column, (value) => binOf(many.rules[at]!, value)))
  })

  it("shares its bytes between threads and takes tables without rows or columns", () => {
    expect(table([1]).bins.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(table([]).rows).toBe(0)
    expect(binsOf(table([NaN, NaN]))).toEqual([0, 0])
    expect(binTable({ columns: [], names: [], categorical: new Set(), maxBins: 255 }).rows).toBe(0)
  })

  it.each([
    [{ columns: [Float32Array.of(1)], names: [] }, "0 names for 1 columns"],
    [{ columns: [Float32Array.of(1)], names: ["x"], maxBins: 256 }, "maxBins is 256"],
    [{ columns: [Float32Array.of(1), Float32Array.of(1, 2)], names: ["x", "y"] }, "column y has 2 rows; expected 1 as in x"],
  ])("refuses what does not fit together", (given, message) => {
    expect(() => binTable({ categorical: new Set(), maxBins: 255, ...given })).toThrow(message)
  })
})
