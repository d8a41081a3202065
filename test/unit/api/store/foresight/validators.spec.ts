import { RecommendationsQuery } from "../../../../../src/api/store/foresight/validators"

describe("RecommendationsQuery", () => {
  const ids = (count: number) => Array.from({ length: count }, (_, at) => `prod_${at}`)
  const parsed = (product_ids: string) => RecommendationsQuery.safeParse({ product_ids }).data?.product_ids

  it("reads up to 50 ids separated by commas, without empty ones and blanks", () => {
    expect(parsed(ids(50).join(","))).toEqual(ids(50))
    expect(parsed(" prod_1,, prod_2 , ")).toEqual(["prod_1", "prod_2"])
    expect(parsed("")).toEqual([])
  })

  it("refuses 51, one of 129 characters and what no URL holds", () => {
    expect([ids(51).join(","), "p".repeat(129), Array.from({ length: 40 }, () => "p".repeat(128)).join(",")].map(parsed)).toEqual([undefined, undefined, undefined])
  })
})
