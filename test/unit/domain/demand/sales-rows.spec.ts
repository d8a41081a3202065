import { BLOCK_ROWS, readerOf, SalesRows, type RowReader } from "../../../../src/domain/demand/sales-rows"

const MANY = 2 * BLOCK_ROWS + 5

function rowsOf(count: number): SalesRows {
  const rows = new SalesRows(1)
  for (let row = 0; row < count; row++) rows.add(row % 3, row, row / 2, row % 5 === 0, [row * 10])
  return rows
}

function daysOf(reader: RowReader, series: number): number[] {
  const days: number[] = []
  reader.visit(series, (block, at) => days.push(block.day[at] ?? NaN))
  return days
}

describe("SalesRows", () => {
  it("keeps every row over block borders, series after series in the order they came", () => {
    const reader = rowsOf(MANY).ranked(Uint32Array.of(2, 0, 1)).reader()
    const found: unknown[] = []
    for (const rank of [0, 1, 2]) {
      reader.visit(rank, (block, at) => {
        const row = block.day[at] ?? NaN
        found.push(row)
        expect([block.series[at], block.units[at], block.out[at], block.extras[0]?.[at]]).toEqual([rank, row / 2, row % 5 === 0 ? 1 : 0, row * 10])
      })
    }
    const every = Array.from({ length: MANY }, (_, row) => row)
    expect(found).toEqual([1, 2, 0].flatMap((series) => every.filter((row) => row % 3 === series))) // ranks 0, 1, 2 are series 1, 2, 0
  })

  it("leaves out series that are not asked for, and says nothing of those that have no row", () => {
    const rows = new SalesRows(0)
    for (const [series, day] of [[4, 1], [0, 2], [2, 3], [4, 4]] as const) rows.add(series, day, 1, false, [])
    const reader = rows.ranked(Uint32Array.from([0, 1, 2, 3, 4])).reader()
    expect([daysOf(reader, 1), daysOf(reader, 2), daysOf(reader, 4), daysOf(reader, 9)]).toEqual([[], [3], [1, 4], []])
  })

  it("reads several runs as one, the first run's rows of a series first", () => {
    const same = Uint32Array.of(0, 1, 2)
    const reader = readerOf([rowsOf(4).ranked(same), new SalesRows(1), rowsOf(MANY).ranked(same)].map(({ blocks }) => blocks.values()))
    const every = Array.from({ length: MANY }, (_, row) => row)
    expect(daysOf(reader, 0)).toEqual([0, 3, ...every.filter((row) => row % 3 === 0)])
    expect(daysOf(reader, 2)).toEqual([2, ...every.filter((row) => row % 3 === 2)])
  })
})
