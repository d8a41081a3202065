import { firstPlace } from "../../../src/domain/first-place"

describe("firstPlace()", () => {
  const sorted = [1, 3, 3, 7]
  it.each([
    [0, 0],
    [1, 0],
    [3, 1],
    [4, 3],
    [8, 4],
  ])("finds the first number of at least %d at place %d", (least, place) => expect(firstPlace(sorted.length, (at) => sorted[at]! >= least)).toBe(place))
  it("is 0 where there is no place", () => expect(firstPlace(0, () => true)).toBe(0))
})
