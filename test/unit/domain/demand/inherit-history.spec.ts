import { addDays } from "../../../../src/domain/day"
import { inheritHistory } from "../../../../src/domain/demand/inherit-history"
import type { DemandDayRow } from "../../../../src/domain/demand/panel"
import type { Replacement } from "../../../../src/domain/demand/replacements"
import fc from "../../../support/properties"

const sold = (variantId: string, day: string, units = 1): DemandDayRow => ({ variantId, locationId: "l", day, units, unitPrice: 10 })
const out = (variantId: string, day: string, inStock = 0): DemandDayRow => ({ variantId, locationId: "l", day, units: 0, unitPrice: null, inStock })
const aToB: Replacement = { replacedVariantId: "A", variantId: "B", fromDay: "2026-03-10" }
const bToC: Replacement = { replacedVariantId: "B", variantId: "C", fromDay: "2026-03-20" }
const said = (rows: readonly DemandDayRow[]) => rows.map(({ variantId, day, units, inStock }) => `${variantId} ${day} ${inStock === undefined ? units : `out ${inStock}`}`)

describe("inheritHistory()", () => {
  it("gives the successor what was sold before its day, and leaves the rest where it is", () =>
    expect(said(inheritHistory([sold("A", "2026-03-09", 4), sold("A", "2026-03-10", 2), sold("B", "2026-03-10", 3), sold("other", "2026-03-09", 9)], [aToB]))).toEqual([
      "B 2026-03-09 4",
      "A 2026-03-10 2", // the rest of the old one is sold off
      "B 2026-03-10 3",
      "other 2026-03-09 9",
    ]))

  it("adds up what both sold side by side before the day", () => expect(said(inheritHistory([sold("A", "2026-03-09", 4), sold("B", "2026-03-09", 3)], [aToB]))).toEqual(["B 2026-03-09 4", "B 2026-03-09 3"]))

  it("hands history on along a chain, each day to the one who holds the place in the end", () =>
    expect(said(inheritHistory([sold("A", "2026-03-09"), sold("A", "2026-03-12"), sold("B", "2026-03-19"), sold("B", "2026-03-20"), sold("C", "2026-03-05")], [aToB, bToC]))).toEqual([
      "C 2026-03-09 1",
      "A 2026-03-12 1",
      "C 2026-03-19 1",
      "B 2026-03-20 1",
      "C 2026-03-05 1",
    ]))

  it("takes time out of stock from the one in place", () =>
    expect(said(inheritHistory([out("A", "2026-03-08", 0.5), out("B", "2026-03-08"), out("A", "2026-03-11"), out("B", "2026-03-11", 0.25)], [aToB]))).toEqual([
      "B 2026-03-08 out 0.5", // the empty shelf of the successor kept nobody from buying yet
      "A 2026-03-11 out 0",
      "B 2026-03-11 out 0.25",
    ]))

  it("knows of no lack on a day on which the successor sold already", () => expect(said(inheritHistory([out("A", "2026-03-08"), sold("B", "2026-03-08", 2)], [aToB]))).toEqual(["B 2026-03-08 2"]))

  it("keeps what a row sold when it says nothing about stock any more", () => expect(said(inheritHistory([{ ...sold("B", "2026-03-08", 2), inStock: 0.5 }], [aToB]))).toEqual(["B 2026-03-08 2"]))

  it("leaves everything as it is without replacements", () => {
    const rows = [sold("A", "2026-03-09"), out("B", "2026-03-09")]
    expect(inheritHistory(rows, [])).toEqual(rows)
  })

  it("never makes or loses a unit, on any day and place", () => {
    const aRow = fc.record({
      variantId: fc.constantFrom("A", "B", "C", "D", "other"),
      locationId: fc.constantFrom("l", "m"),
      day: fc.integer({ min: 0, max: 40 }).map((days) => addDays("2026-03-01", days)),
      units: fc.integer({ min: 0, max: 9 }),
      unitPrice: fc.constant(null),
      inStock: fc.option(fc.constantFrom(0, 0.5, 1), { nil: undefined }),
    })
    const chain = fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: 0, max: 40 }))).map((days) =>
      [...days]
        .sort((a, b) => a - b)
        .map((from, index): Replacement => ({ replacedVariantId: "ABCD".charAt(index), variantId: "ABCD".charAt(index + 1), fromDay: addDays("2026-03-01", from) }))
    )
    const totals = (rows: readonly DemandDayRow[]) => {
      const sums = new Map<string, number>()
      for (const { locationId, day, units } of rows) sums.set(`${locationId} ${day}`, (sums.get(`${locationId} ${day}`) ?? 0) + units)
      return [...sums].filter(([, units]) => units > 0).sort()
    }
    fc.assert(
      fc.property(fc.array(aRow, { maxLength: 60 }), chain, fc.integer({ min: 0, max: 3 }), (rows, held, length) => {
        const inherited = inheritHistory(rows, held.slice(0, length))
        expect(totals(inherited)).toEqual(totals(rows))
        // and nobody keeps a unit from before another took the place
        for (const { variantId, day, units } of inherited) {
          const link = held.slice(0, length).find((one) => one.replacedVariantId === variantId)
          if (link && units > 0) expect(day >= link.fromDay).toBe(true)
        }
      }),
      { numRuns: 300 }
    )
  })
})
