import { EventKeyParams, SetAsideQuery } from "../../../../../src/api/admin/foresight/data/validators"
import { ConversionQuery, RatesBody } from "../../../../../src/api/admin/foresight/validators"

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
