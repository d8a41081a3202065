import { matchCancellations, type CancellationCandidate } from "../../../../src/domain/imports/match-cancellations"

const row = (kind: "purchase" | "refund", quantity: number, at: number, customerRef: string | null = "ann", sku = "a"): CancellationCandidate => ({ kind, customerRef, sku, quantity, at })
const verdicts = (rows: CancellationCandidate[]) => [...matchCancellations(rows)].map(({ verdict }) => verdict)

describe("matchCancellations()", () => {
  it("voids the latest earlier sale of the same quantity", () => {
    expect(verdicts([row("purchase", 6, 1), row("purchase", 6, 2), row("purchase", 4, 3), row("refund", 6, 4)])).toEqual(["sale", "voided_by_cancellation", "sale", "cancellation"])
  })
  it("voids each sale once; what is left over is a return", () => {
    expect(verdicts([row("purchase", 6, 1), row("refund", 6, 2), row("refund", 6, 3)])).toEqual(["voided_by_cancellation", "cancellation", "return"])
  })
  it("takes a cancellation before its sale, of another quantity, SKU or customer for a return", () => {
    expect(verdicts([row("refund", 6, 1), row("purchase", 6, 2)])).toEqual(["return", "sale"])
    expect(verdicts([row("purchase", 6, 1), row("refund", 5, 2)])).toEqual(["sale", "return"])
    expect(verdicts([row("purchase", 6, 1), row("refund", 6, 2, "ann", "b")])).toEqual(["sale", "return"])
    expect(verdicts([row("purchase", 6, 1), row("refund", 6, 2, "bob")])).toEqual(["sale", "return"])
  })
  it("never matches strangers", () => expect(verdicts([row("purchase", 6, 1, null), row("refund", 6, 2, null)])).toEqual(["sale", "return"]))
  it("gives a group's verdicts before it reads the group after the next", () => {
    let read = 0
    const rows = (function* () {
      for (const sku of ["a", "b", "c"]) {
        read += 1
        yield row("purchase", 1, 1, "ann", sku)
      }
    })()
    matchCancellations(rows).next()
    expect(read).toBe(2)
  })
  it("refuses a group that is not in time order", () => {
    expect(() => verdicts([row("purchase", 6, 2), row("purchase", 6, 1)])).toThrow("rows of customer ann, SKU a are not in time order")
  })
})
