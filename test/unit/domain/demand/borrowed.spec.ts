import { borrowed } from "../../../../src/domain/demand/borrowed"
import { aPanel, aSeries } from "../../../support/demand-builders"
import { referencePanel } from "../../../support/reference-panel"

describe("borrowed", () => {
  // likeness of titles by scikit-learn, moments and the gamma–Poisson update by pandas (test/support/member-references.py)
  it("says of the reference panel what another hand works out", () => {
    const means = borrowed.forecast(referencePanel(), 60, 1).map(({ mean }) => mean[0] ?? NaN)
    ;[3.7296, 5.0406, 8.5106, 9.3244, 15.982, 15.4685, 20.869, 16.8851, 24.1693, 21.6184, 27.8292, 29.7137].forEach((value, item) => expect(means[item]).toBeCloseTo(value, 4))
  })
  it("forecasts an item with one known week between its own week and what similar items sold when new", () => {
    const lenders = Array.from({ length: 20 }, (_, index) => aSeries(Array.from({ length: 30 }, (__, week) => (week < 10 ? NaN : 8 + (index % 5) + (week % 3)))))
    const item = aSeries(Array.from({ length: 30 }, (_, week) => (week < 29 ? NaN : 40)))
    const mean = borrowed.forecast(aPanel([...lenders, item]), 30, 2)[20]?.mean[0] ?? NaN
    expect(mean).toBeGreaterThan(11)
    expect(mean).toBeLessThan(35)
  })
  it("borrows also before the first sale of a newcomer, less with each period in vain, and no more after eight", () => {
    const lenders = Array.from({ length: 20 }, (_, index) => aSeries(Array.from({ length: 30 }, (__, week) => (week < 10 ? NaN : 8 + (index % 5) + (week % 3)))))
    const [two = NaN, seven = NaN, eight = NaN] = [2, 7, 8].map((known) => {
      const item = aSeries(Array.from({ length: 30 }, (_, week) => (week < 30 - known ? NaN : 0)))
      return borrowed.forecast(aPanel([...lenders, item]), 30, 1)[20]?.mean[0]
    })
    expect(two).toBeGreaterThan(seven)
    expect(seven).toBeGreaterThan(0)
    expect(eight).toBe(0)
  })
  it("goes by an item's own periods where nobody can lend", () => expect(borrowed.forecast(aPanel([aSeries([6, 6])]), 2, 1)[0]?.mean[0]).toBeCloseTo(6, 10))
})
