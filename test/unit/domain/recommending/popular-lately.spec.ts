import { buildInteractionTable } from "../../../../src/domain/recommending/interaction-table"
import { popularLately } from "../../../../src/domain/recommending/popular-lately"
import { interaction } from "../../../support/interaction-builders"

describe("popularLately()", () => {
  const table = buildInteractionTable([
    interaction({ productId: "old", day: 0 }),
    interaction({ productId: "old", day: 0, userId: "u2" }),
    interaction({ productId: "new", day: 14, weight: 0.5 }),
  ])
  const at = Date.UTC(2026, 0, 15) / 1000

  // day 14, half-life 7 days: two purchases 14 days ago 2 · ¼, half a weight today 0.5
  it("halves a weight every half-life", () => expect([...popularLately(table, { at, halfLifeDays: 7 })]).toEqual([0.5, 0.5]))
  it("ignores rows after the given ones", () => expect([...popularLately(table, { at, halfLifeDays: 7, rows: 1 })]).toEqual([0.25, 0]))
})
