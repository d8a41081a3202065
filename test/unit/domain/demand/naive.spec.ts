import { naive } from "../../../../src/domain/demand/naive"
import { aPanel, aSeries } from "../../../support/demand-builders"

describe("naive", () => {
  it("repeats the last known period", () => {
    const [forecast] = naive.forecast(aPanel([aSeries([3, 8, NaN])]), 3, 2, [2])
    expect([...(forecast?.mean ?? [])]).toEqual([8, 8])
    expect(forecast?.sums?.[0]?.mean).toBe(16)
  })
})
