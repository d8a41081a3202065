import { convert, type CurrencyRate } from "../../../src/domain/money"
import fc from "../../support/properties"

const rate = (from: string, to: string, value: number, day = "2026-03-01"): CurrencyRate => ({ day, from, to, rate: value, source: "ECB" })
const rates = [rate("eur", "usd", 1.1), rate("eur", "usd", 1.25, "2026-03-05"), rate("eur", "gbp", 0.8)]
const ask = (from: string, to: string, day = "2026-03-06", amount = 10) => convert({ amount, from, to, day }, rates)

describe("convert()", () => {
  it("takes the newest rate of or before the day", () => {
    expect(ask("eur", "usd")).toEqual({ known: true, amount: 12.5, rates: [rates[1]] })
    expect(ask("eur", "usd", "2026-03-04")).toMatchObject({ amount: 11 })
  })

  it("turns a rate around", () => expect(ask("usd", "eur")).toMatchObject({ known: true, amount: 8 }))

  // 10 / 1.25 · 0.8
  it("goes over a third currency", () => expect(ask("usd", "gbp")).toMatchObject({ known: true, amount: 6.4, rates: [rates[1], rates[2]] }))

  it("says that a rate is unknown instead of taking 1", () => {
    expect(ask("eur", "jpy")).toEqual({ known: false, missing: "eur → jpy on 2026-03-06" })
    expect(ask("eur", "usd", "2026-02-28")).toMatchObject({ known: false })
  })

  it("leaves money of the same currency as it is", () => expect(ask("jpy", "jpy")).toEqual({ known: true, amount: 10, rates: [] }))

  it("comes back to the amount it started from", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), fc.double({ min: 1e-4, max: 1e4, noNaN: true }), (amount, value) => {
        const known = [rate("eur", "usd", value)]
        const there = convert({ amount, from: "eur", to: "usd", day: "2026-03-06" }, known)
        const back = convert({ amount: there.known ? there.amount : NaN, from: "usd", to: "eur", day: "2026-03-06" }, known)
        expect(back.known && Math.abs(back.amount / amount - 1)).toBeLessThan(1e-9)
      }),
      { numRuns: 10_000 }
    )
  })
})
