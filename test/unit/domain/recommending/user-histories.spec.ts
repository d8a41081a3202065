import { buildInteractionTable } from "../../../../src/domain/recommending/interaction-table"
import { userHistories } from "../../../../src/domain/recommending/user-histories"
import { interaction } from "../../../support/interaction-builders"

describe("userHistories()", () => {
  const table = buildInteractionTable([
    interaction({ productId: "x", day: 0, weight: 1 }),
    interaction({ productId: "y", day: 10, weight: 0.5 }),
    interaction({ productId: "y", day: 20, weight: 0.8 }),
    interaction({ productId: "z", day: 20, userId: "u2", weight: 0.15 }),
  ])

  it("sums weights up to 1, newest item first", () => {
    const { start, index, value } = userHistories(table, { rows: 4, halfLifeDays: Infinity, cap: 10 })
    expect([...start]).toEqual([0, 2, 3])
    expect([...index].map((item) => table.items[item])).toEqual(["y", "x", "z"])
    expect([...value]).toEqual([1, 1, expect.closeTo(0.15, 6)])
  })
  // the last row is of day 20: x weighs 0.5², y 0.8 + 0.5 · 0.5 → 1 at most
  it("halves weights with age", () => {
    expect([...userHistories(table, { rows: 4, halfLifeDays: 10, cap: 10 }).value]).toEqual([1, 0.25, expect.closeTo(0.15, 6)])
  })
  it("keeps the newest items up to the cap, and only of the rows given", () => {
    const { index } = userHistories(table, { rows: 3, halfLifeDays: Infinity, cap: 1 })
    expect([...index].map((item) => table.items[item])).toEqual(["y"])
  })
})
