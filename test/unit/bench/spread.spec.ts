import { join } from "node:path"
import { callModule } from "../../support/call-module"

const SPREAD = join(__dirname, "../../bench/spread.mjs")

describe("quantile()", () => {
  const quantile = (values: number[], level: number) => callModule<number>(SPREAD, "quantile", values, level)

  // R: quantile(c(9, 1, 3, 7), c(0.25, 0.5, 0.99)), type 7 → 2.5, 5, 8.94
  it("interpolates in order, whatever order the values came in", () => {
    expect(quantile([9, 1, 3, 7], 0.25)).toBeCloseTo(2.5, 12)
    expect(quantile([9, 1, 3, 7], 0.5)).toBeCloseTo(5, 12)
    expect(quantile([9, 1, 3, 7], 0.99)).toBeCloseTo(8.94, 12)
  })
  it("orders numbers as numbers, not as text", () => expect(quantile([10, 9, 100], 0.5)).toBe(10))
})

describe("told()", () => {
  const told = (values: number[], digits: number) => callModule<string>(SPREAD, "told", values, digits)

  it("gives the median between the outer ones", () => expect(told([1234.5, 1000, 2000], 0)).toBe("1,235 [1,000 – 2,000]"))
  it("lets a single measurement stand alone", () => expect(told([3.14], 1)).toBe("3.1"))
  it("says so when there is none", () => expect(told([], 1)).toBe("–"))
})
