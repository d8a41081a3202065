import { SalesRows } from "../../../../src/domain/demand/sales-rows"

describe("SalesRows", () => {
  const many = 150_000 // more than two blocks
  const rows = new SalesRows(1)
  beforeAll(() => {
    for (let row = 0; row < many; row++) rows.add(row % 3, row, row / 2, row % 5 === 0, [row * 10])
  })

  it("keeps every row over block borders", () => {
    for (const row of [0, 65_535, 65_536, 131_072, many - 1]) {
      expect([rows.seriesOf(row), rows.dayOf(row), rows.unitsOf(row), rows.isOut(row), rows.extraOf(row, 0)]).toEqual([row % 3, row, row / 2, row % 5 === 0, row * 10])
    }
    expect(rows.extraOf(0, 1)).toBeNaN()
  })

  it("lists rows by series in the order they came", () => {
    const { rows: ordered, starts } = rows.bySeries(3)
    expect([...starts]).toEqual([0, 50_000, 100_000, 150_000])
    expect([...ordered.subarray(50_000, 50_003)]).toEqual([1, 4, 7])
    expect(ordered.at(-1)).toBe(many - 1)
  })
})
