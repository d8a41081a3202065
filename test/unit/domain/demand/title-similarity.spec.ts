import { titleSimilarity } from "../../../../src/domain/demand/title-similarity"

const cosines = (titles: (string | null | undefined)[], at = 0) => {
  const similar = titleSimilarity(titles, [...titles.keys()])(at)
  return titles.map((_, index) => similar.get(index) ?? 0)
}

describe("titleSimilarity()", () => {
  it("is the cosine of words weighted by how seldom they are", () => {
    // ln 4/3 for mug, ln 4/2 for red and blue, ln 4 for hat
    const [mug, colour, hat] = [Math.log(4 / 3), Math.log(2), Math.log(4)]
    const found = cosines(["Red mug", "blue MUG, blue", "mug (red)", "blue hat"])
    expect(found[0]).toBe(0) // itself
    expect(found[1]).toBeCloseTo(mug ** 2 / (mug ** 2 + colour ** 2), 12)
    expect(found[2]).toBeCloseTo(1, 12)
    expect(found[3]).toBe(0)
    expect(cosines(["Red mug", "blue MUG, blue", "mug (red)", "blue hat"], 3)[1]).toBeCloseTo(colour ** 2 / (Math.hypot(colour, hat) * Math.hypot(mug, colour)), 12)
  })
  it("compares with lenders only", () => expect([...titleSimilarity(["a b", "a c", "a d", "e"], [2])(0).keys()]).toEqual([2]))
  it("reads titles without spaces by pairs of characters, and accents and wide letters as they are meant", () => {
    const found = cosines(["红色马克杯", "马克杯", "蓝帽子", "CAFE\u0301 ｃｕｐ", "café lamp", "x"])
    expect(found[1]).toBeGreaterThan(0.5)
    expect(found[2]).toBe(0)
    expect(cosines(["CAFE\u0301 ｃｕｐ", "café lamp", "cup", "x"]).slice(1, 3).every((cosine) => cosine > 0.3)).toBe(true)
  })
  it("says nothing of items without a title, nor where all have the same words", () => {
    expect(cosines([null, undefined, "", "!!! – 🙂"])).toEqual([0, 0, 0, 0])
    expect(cosines(["mug", "mug", "mug"])).toEqual([0, 0, 0])
    expect(titleSimilarity([], [])(0).size).toBe(0)
  })
  it("leaves words out that every other title has", () => {
    const titles = Array.from({ length: 1000 }, (_, index) => `${index % 2 ? "Vintage" : "Modern"} ${index % 100} thing`)
    expect(cosines(titles).filter((cosine) => cosine > 0)).toHaveLength(9) // the same number; neither style nor thing counts
  })
  it("reads no more than the beginning of a title without end", () => {
    const endless = `owl ${"very ".repeat(2_000_000)}mug`
    const found = cosines([endless, "owl", "mug"])
    expect([found[1]! > 0, found[2]]).toEqual([true, 0])
  })
})
