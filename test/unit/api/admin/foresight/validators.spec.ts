import { EventKeyParams, SetAsideQuery } from "../../../../../src/api/admin/foresight/data/validators"
import { ConversionQuery, ForecastsQuery, ProductRecommendationsQuery, RatesBody } from "../../../../../src/api/admin/foresight/validators"

describe("days at the admin's doors", () => {
  const rates = (day: string) => ({ rates: [{ day, from: "EUR", to: "USD", rate: 1.1, source: "ECB" }] })
  const doors = (day: string) => [
    RatesBody.safeParse(rates(day)).success,
    ConversionQuery.safeParse({ amount: "1", from: "EUR", to: "USD", day }).success,
    EventKeyParams.safeParse({ day, event_id: "e" }).success,
    SetAsideQuery.safeParse({ from_day: day }).success,
  ]

  it.each(["0001-01-01", "2024-02-29", "9999-12-31"])("take %s", (day) => expect(doors(day)).toEqual([true, true, true, true]))

  // Postgres has no year 0; its days would end as a 500
  it.each(["0000-01-01", "0000-12-31", "2023-02-29", "10000-01-01", "2024-1-1", ""])("refuse %j", (day) => expect(doors(day)).toEqual([false, false, false, false]))

  it("say what they expect", () => expect(RatesBody.safeParse(rates("0000-01-01")).error?.issues[0]?.path).toEqual(["rates", 0, "day"]))
})

describe("ids at the admin's doors", () => {
  const long = (length: number) => "v".repeat(length)

  it.each([
    ["one", "variant_1", ["variant_1"]],
    ["several by commas", "variant_1,,variant_2", ["variant_1", "variant_2"]],
    ["several by name", ["variant_1", "variant_2"], ["variant_1", "variant_2"]],
    ["a hundred of 33 characters", Array.from({ length: 100 }, () => long(33)).join(","), Array.from({ length: 100 }, () => long(33))],
  ])("take %s", (_case, variant_id, ids) => expect(ForecastsQuery.parse({ variant_id }).variant_id).toEqual(ids))

  it.each([
    ["none", ""],
    ["none by name", []],
    ["an empty one by name", [""]],
    ["one of 129 characters", long(129)],
    ["one of 129 characters by name", [long(129)]],
    ["101", Array.from({ length: 101 }, () => "v").join(",")],
    ["more than fits into a URL", Array.from({ length: 32 }, () => long(128)).join(",")],
  ])("refuse %s", (_case, variant_id) => expect(ForecastsQuery.safeParse({ variant_id }).success).toBe(false))

  // found by schemathesis: what lies behind takes 128, and said so with a 500
  it("refuse a product id longer than what lies behind takes", () => {
    expect(ProductRecommendationsQuery.safeParse({ product_id: long(128) }).success).toBe(true)
    expect(ProductRecommendationsQuery.safeParse({ product_id: long(129) }).success).toBe(false)
  })
})
