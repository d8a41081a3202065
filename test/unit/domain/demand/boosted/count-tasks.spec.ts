import { COUNT_THRESHOLDS } from "../../../../../src/domain/demand/boosted/count-quantiles"
import { countTasks } from "../../../../../src/domain/demand/boosted/count-tasks"

/** Rows of one feature: an item of level 2, one of level 20, by turns, each sold twice its level. */
const train = {
  columns: [Float32Array.from({ length: 40 }, (_, row) => Math.log(row % 2 ? 20 : 2))],
  target: new Float64Array(40).fill(2),
  size: Float64Array.from({ length: 40 }, (_, row) => (row % 2 ? 20 : 2)),
  weight: Float64Array.from({ length: 40 }, (_, row) => (row % 2 ? 20 : 2) * 0.9),
  ends: Int32Array.from({ length: 40 }, (_, row) => row),
  series: Int32Array.from({ length: 40 }, (_, row) => row % 2),
}
const tasks = countTasks({ train, whole: [true, true], features: { names: ["log_level"], categorical: new Set() }, maxBins: 8, options: { seed: 1 }, fewestRows: 10 })

describe("countTasks()", () => {
  it("asks of slow rows, for each threshold, whether more was sold", () => {
    const all = tasks(39)
    // four units: more than 0, 1, 2, 3, not more than 4
    expect(all.map(({ target }) => target[0])).toEqual(COUNT_THRESHOLDS.map((threshold) => (threshold < 4 ? 1 : 0)))
    expect(all.every(({ target, rows }) => target.length === 20 && rows?.length === 20)).toBe(true)
    expect(all[0]?.options.loss).toEqual({ kind: "logistic" })
  })

  it("weighs rows by their age alone, and trains on those that end in time", () => {
    const [first] = tasks(25)
    expect([...(first?.weight ?? [])].every((weight) => Math.abs(weight - 0.9) < 1e-12)).toBe(true)
    // slow rows end at 0, 2, … 38; of those 13 by 25
    expect([...(first?.rows ?? [])]).toEqual(Array.from({ length: 13 }, (_, place) => place))
  })

  it("has none where slow rows are too few, or are not of whole units", () => {
    expect(tasks(17)).toEqual([])
    expect(countTasks({ train, whole: [false, true], features: { names: ["log_level"], categorical: new Set() }, maxBins: 8, options: { seed: 1 }, fewestRows: 10 })(39)).toEqual([])
  })
})
