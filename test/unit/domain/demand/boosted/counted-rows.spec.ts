import { binTable, trainBoosting } from "../../../../../src/domain/boosting"
import { COUNT_THRESHOLDS } from "../../../../../src/domain/demand/boosted/count-quantiles"
import { countedRows } from "../../../../../src/domain/demand/boosted/counted-rows"
import { QUANTILE_LEVELS } from "../../../../../src/domain/demand/types"

/** A forest that says the same chance everywhere. */
const always = (chance: number) =>
  trainBoosting({
    table: binTable({ columns: [Float32Array.of(0, 1)], names: ["log_level"], categorical: new Set(), maxBins: 4 }),
    target: Float64Array.of(chance, chance),
    options: { loss: { kind: "logistic" }, rounds: 0 },
  })
const forests = COUNT_THRESHOLDS.map((threshold) => always(2 ** -(threshold + 1)))
const columns = [Float32Array.of(0, 1, 2, 3)]

describe("countedRows()", () => {
  it("counts slow rows alone: wholly up to four units, by half up to twelve, not beyond", () => {
    const counted = countedRows(forests, ["log_level"], columns, [4, 4.1, 12, 12.1])
    expect([...counted].map(([row, { share }]) => [row, share])).toEqual([
      [0, 1],
      [1, 0.5],
      [2, 0.5],
    ])
    // of a geometric distribution with halves the 0.9 quantile is 3
    expect(counted.get(0)?.quantiles[QUANTILE_LEVELS.indexOf(0.9)]).toBe(3)
  })

  it("counts nothing where there are no forests for it", () => {
    expect(countedRows([], ["log_level"], columns, [1, 1, 1, 1]).size).toBe(0)
  })
})
