import { buildInteractionTable } from "../../../../src/domain/recommending/interaction-table"
import { sessionCases } from "../../../../src/domain/recommending/session-cases"
import { interaction } from "../../../support/interaction-builders"

describe("sessionCases()", () => {
  const table = buildInteractionTable([
    interaction({ productId: "a", sessionId: "cut", day: 0 }),
    interaction({ productId: "b", sessionId: "early", day: 0 }),
    interaction({ productId: "c", sessionId: "early", day: 1 }),
    interaction({ productId: "b", sessionId: "cut", day: 2 }),
    interaction({ productId: "a", sessionId: "late", day: 3 }),
    interaction({ productId: "unheard", sessionId: "late", day: 4 }),
    interaction({ productId: "c", sessionId: "late", day: 5 }),
  ])

  it("asks for each next known item of the sessions that began after the split", () => {
    const cases = sessionCases(table, { split: 3, end: 7, limit: 10 })
    const name = (item: number) => table.items[item]
    expect(cases.map(({ seen, first, targets }) => [seen.map(name), name(first), targets.map(name)])).toEqual([[["a", "unheard"], "c", ["c"]]])
  })
})
