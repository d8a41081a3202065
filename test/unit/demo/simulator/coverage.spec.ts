import { coverage } from "../../../../demo/simulator"

const truth = {
  firstDay: "2026-01-05",
  items: [
    { sku: "a", location: "north", units: [...new Array<number>(7).fill(1), ...new Array<number>(7).fill(2)] }, // 7, then 14
    { sku: "b", location: "north", units: new Array<number>(14).fill(0) },
  ],
}
const said = (sku: string, firstDay: string, mean: number, quantiles: number[]) => ({ sku, location: "north", firstDay, mean, quantiles })

describe("coverage()", () => {
  it("counts how often less, and as much or less, was asked for than each quantile said", () => {
    const found = coverage(truth, [said("a", "2026-01-05", 8, [7, 10]), said("a", "2026-01-12", 12, [11, 13]), said("b", "2026-01-05", 1, [0, 2]), said("b", "2026-01-12", 1, [0, 0])], [0.5, 0.9])
    expect(found).toMatchObject({ weeks: 2, count: 4, said: 22, asked: 21 })
    // 0.5: 7 ≤ 7, 14 > 11, 0 ≤ 0 twice; 0.9: 7 < 10, 14 > 13, 0 < 2, 0 ≤ 0
    expect(found?.levels).toEqual([
      { level: 0.5, below: 0, atOrBelow: 0.75, off: 0 },
      { level: 0.9, below: 0.5, atOrBelow: 0.75, off: expect.closeTo(0.15, 10) as number },
    ])
  })
  it("leaves out what the truth does not cover, whole weeks only", () => {
    expect(coverage(truth, [said("c", "2026-01-05", 1, [1]), said("a", "2026-01-04", 1, [1]), said("a", "2026-01-13", 1, [1])], [0.5])).toBeNull()
  })
})
