import { join } from "node:path"
import { callModule } from "../../support/call-module"

interface Compared {
  a: number
  b: number
  difference: number
  low: number
  high: number
}
const pairedBootstrap = (series: { a: number; b: number; weight: number }[], settings: object = {}) => callModule<Compared>(join(__dirname, "../../bench/paired-bootstrap.mjs"), "pairedBootstrap", series, settings)

describe("pairedBootstrap()", () => {
  it("gives ratios of sums and their difference", () => {
    const { a, b, difference } = pairedBootstrap([{ a: 1, b: 2, weight: 10 }, { a: 3, b: 4, weight: 30 }])
    expect([a, b]).toEqual([0.1, 0.15]) // 4 / 40 and 6 / 40
    expect(difference).toBeCloseTo(-0.05, 12)
  })

  it("has an interval of one point where every series says the same", () => {
    const { low, high } = pairedBootstrap(Array.from({ length: 20 }, (_, at) => ({ a: at, b: at + 1, weight: 2 })))
    expect([low, high]).toEqual([-0.5, -0.5])
  })

  // differences ± 1 by halves, n = 400, weight 1: mean 0, standard error 1 / 20, so 1.96 / 20 either side
  it("has the interval that theory gives", () => {
    const { low, high } = pairedBootstrap(Array.from({ length: 400 }, (_, at) => ({ a: at % 2 ? 1 : -1, b: 0, weight: 1 })), { draws: 4000 })
    expect(low).toBeCloseTo(-0.098, 1)
    expect(high).toBeCloseTo(0.098, 1)
    expect(low).toBeLessThan(-0.08)
    expect(high).toBeGreaterThan(0.08)
  })

  it("draws the same for the same seed", () => {
    const series = Array.from({ length: 30 }, (_, at) => ({ a: at % 7, b: at % 5, weight: 1 + (at % 3) }))
    expect(pairedBootstrap(series)).toEqual(pairedBootstrap(series))
    expect(pairedBootstrap(series)).not.toEqual(pairedBootstrap(series, { seed: 2 }))
  })
})
