import { createSalesPatterns } from "../../../src/database/sales-patterns"

function setUp({ fails = 0 } = {}) {
  const asked: { fromDay: string; toDay: string }[] = []
  let failures = fails
  let time = Date.UTC(2026, 2, 15)
  const demand = {
    rowsForPanel: async (range: { fromDay: string; toDay: string }) => {
      asked.push(range)
      failures -= 1
      if (failures >= 0) throw new Error("Postgres is away")
      return []
    },
  }
  return { asked, patternOf: createSalesPatterns({ demand, stock: { inStockByWeekday: async () => [1, 1, 1, 1, 1, 1, 1] } }, () => new Date(time)), pass: (ms: number) => (time += ms) }
}

describe("createSalesPatterns()", () => {
  it("reads half a year up to yesterday, once for all who ask", async () => {
    const { asked, patternOf } = setUp()
    const patterns = await Promise.all([patternOf("2026-03-15"), patternOf("2026-03-15")])
    // 182 days before 15 March 2026
    expect(asked).toEqual([{ fromDay: "2025-09-14", toDay: "2026-03-14" }])
    expect(patterns[0]).toBe(patterns[1])
  })

  it("reads again for another day, and after ten minutes", async () => {
    const { asked, patternOf, pass } = setUp()
    await patternOf("2026-03-15")
    await patternOf("2026-03-16")
    pass(10 * 60_000)
    await patternOf("2026-03-16")
    expect(asked.map(({ toDay }) => toDay)).toEqual(["2026-03-14", "2026-03-15", "2026-03-15"])
  })

  it("does not keep a failure", async () => {
    const { asked, patternOf } = setUp({ fails: 1 })
    await expect(patternOf("2026-03-15")).rejects.toThrow("Postgres is away")
    expect((await patternOf("2026-03-15")).weekdayProfile).toHaveLength(7)
    expect(asked).toHaveLength(2)
  })
})
