import { buildInteractionTable } from "../../../../src/domain/recommending/interaction-table"
import { interaction } from "../../../support/interaction-builders"

describe("buildInteractionTable()", () => {
  const rows = [
    interaction({ userId: "b", productId: "y", day: 2, weight: 0.15, sessionId: "s" }),
    interaction({ userId: "a", productId: "x", day: 1 }),
    interaction({ userId: "a", productId: "y", day: 3, weight: 0 }),
  ]

  it("sorts by time, numbers names by first use and drops what has no weight", () => {
    const table = buildInteractionTable(rows)
    expect(table.users).toEqual(["a", "b"])
    expect(table.items).toEqual(["x", "y"])
    expect([...table.user]).toEqual([0, 1])
    expect([...table.item]).toEqual([0, 1])
    expect([...table.session]).toEqual([-1, 0])
    expect([...table.purchase]).toEqual([1, 0])
    expect([...table.at]).toEqual([Date.UTC(2026, 0, 2) / 1000, Date.UTC(2026, 0, 3) / 1000])
  })

  it("gives the same table for the same rows in another order", () => {
    const tied = [interaction({ userId: "a", productId: "x" }), interaction({ userId: "a", productId: "y" }), interaction({ userId: "b", productId: "x" })]
    expect(buildInteractionTable([...tied].reverse())).toEqual(buildInteractionTable(tied))
  })

  it.each([
    [{ userId: "" }, "interactions[1].userId is empty"],
    [{ productId: "" }, "interactions[1].productId is empty"],
    [{ at: NaN }, "interactions[1].at is NaN"],
    [{ weight: -1 }, "interactions[1].weight is -1"],
  ])("names the row and field of %j", (bad, message) => {
    expect(() => buildInteractionTable([interaction(), interaction(bad)])).toThrow(message)
  })
})
