import { chooseSeason } from "../../../../src/domain/demand/season-choice"
import { createRandom } from "../../../../src/domain/random"
import { aPanel, aSeries } from "../../../support/demand-builders"

const shop = (shape: (period: number, index: number) => number, periods = 48) =>
  aPanel(
    Array.from({ length: 30 }, (_, index) => {
      const random = createRandom(index)
      return aSeries(Array.from({ length: periods }, (__, period) => Math.round(100 * shape(period, index) * (0.9 + 0.2 * random()))))
    }),
    "month"
  )
const summer = (period: number) => 1 + 0.8 * Math.sin((2 * Math.PI * period) / 12)

describe("chooseSeason()", () => {
  it("takes a season that all items share", () => {
    const index = chooseSeason(shop(summer), 48, 6)?.[0]
    expect(index?.[51]).toBeGreaterThan(1.6) // sin is 1
    expect(index?.[48]).toBeCloseTo(1, 0)
  })
  it("takes the items' own where they have opposite ones", () => {
    const indexes = chooseSeason(
      shop((period, item) => (item % 2 ? summer(period) : 2 - summer(period))),
      48,
      6
    )
    expect(indexes?.[1]?.[51]).toBeGreaterThan(1.4)
    expect(indexes?.[0]?.[51]).toBeLessThan(0.6)
  })
  it("takes none where none helps", () => {
    const noise = createRandom(9)
    const shocks = Array.from({ length: 48 }, () => 0.4 + 1.2 * noise())
    expect(
      chooseSeason(
        shop((period) => (period >= 42 ? 1 : (shocks[period] ?? 1))),
        48,
        6
      )
    ).toBeNull()
  })
  it("takes none under a season and a half before the block", () => expect(chooseSeason(shop(summer, 23), 23, 6)).toBeNull())
})
