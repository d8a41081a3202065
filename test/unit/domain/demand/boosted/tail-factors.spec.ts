import { binTable, trainBoosting } from "../../../../../src/domain/boosting"
import { tailFactors } from "../../../../../src/domain/demand/boosted/tail-factors"
import { QUANTILE_LEVELS } from "../../../../../src/domain/demand/types"

const ROWS = 20_000
const column = (level: number) => QUANTILE_LEVELS.indexOf(level as 0.5)
/** A model without trees says its base everywhere: the quantile of its targets. */
const always = (value: number) => {
  const columns = [Float32Array.of(0, 1)]
  return trainBoosting({
    table: binTable({ columns, names: ["x"], categorical: new Set(), maxBins: 4 }),
    target: Float64Array.of(value, value),
    options: { loss: { kind: "quantile", level: 0.5 }, rounds: 0 },
  })
}
/** Targets uniform on 0 … 1, weights alike. */
const held = {
  columns: [new Float32Array(ROWS)],
  target: Float64Array.from({ length: ROWS }, (_, row) => (row + 0.5) / ROWS),
  weight: new Float64Array(ROWS).fill(1),
  size: new Float64Array(ROWS).fill(1),
  ends: new Int32Array(ROWS),
}

describe("tailFactors()", () => {
  it("finds how far the outermost levels lie from the known ones", () => {
    const { early, final } = tailFactors(always(0.1), always(0.9), held, 0.975)
    // of a uniform distribution 0.99 lies at 0.99 / 0.9 of the 0.9 quantile, 0.05 at half of the 0.1 quantile; 1% of trust is missing
    expect(early[column(0.99)]).toBeCloseTo(1.1, 1)
    expect(early[column(0.05)]).toBeCloseTo(0.5, 2)
    expect([0.1, 0.5, 0.9].map((level) => early[column(level)])).toEqual([1, 1, 1])
    // with a forest of its own for 0.975 the last level follows that one: (0.99 / 0.9) / (0.975 / 0.9)
    expect(final[column(0.99)]).toBeCloseTo(0.99 / 0.975, 2)
  })

  it("keeps to usual factors where nothing was validated", () => {
    const nothing = { columns: [new Float32Array()], target: new Float64Array(), weight: new Float64Array(), size: new Float64Array(), ends: new Int32Array() }
    const { early } = tailFactors(always(0.1), always(0.9), nothing, 0.975)
    expect(early.every((factor, at) => Number.isFinite(factor) && ((QUANTILE_LEVELS[at] ?? 0) < 0.5 ? factor <= 1 : factor >= 1))).toBe(true)
  })
})
