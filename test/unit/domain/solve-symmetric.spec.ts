import { solveSymmetric } from "../../../src/domain/solve-symmetric"

describe("solveSymmetric()", () => {
  it("solves what was worked by hand", () => {
    // [[4, 2], [2, 3]]·[1, 2] = [8, 8]; the upper triangle is not read
    const right = Float64Array.of(8, 8)
    solveSymmetric(Float64Array.of(4, NaN, 2, 3), right)
    expect([...right].map((value) => value.toFixed(12))).toEqual(["1.000000000000", "2.000000000000"])
  })
  it("gives nothing to a direction that depends on others", () => {
    const right = Float64Array.of(2, 2)
    solveSymmetric(Float64Array.of(1, 1, 1, 1), right)
    expect([...right]).toEqual([2, 0])
  })
})
