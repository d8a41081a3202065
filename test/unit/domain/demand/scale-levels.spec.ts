import { scaleLevels } from "../../../../src/domain/demand/scale-levels"
import { QUANTILE_LEVELS } from "../../../../src/domain/demand/types"

const LEVELS = QUANTILE_LEVELS.length

describe("scaleLevels()", () => {
  it("scales each level and keeps them ascending in every row", () => {
    const quantiles = Float64Array.from({ length: 2 * LEVELS }, (_, at) => (at % LEVELS) + 1)
    const factors = new Float64Array(LEVELS).fill(1)
    factors[0] = 3
    scaleLevels(quantiles, factors)
    const row = Array.from({ length: LEVELS }, (_, at) => Math.max(3, at + 1)) // 3, then 2 lifted to 3, then 3, 4, …
    expect([...quantiles]).toEqual([...row, ...row])
  })
})
