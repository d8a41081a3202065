import { offerSpans, promotionSpan, type ListedPrice } from "../../../../src/domain/demand/promoted-spans"

const at = (text: string) => new Date(`${text}:00Z`)
const promotion = (own: Partial<Parameters<typeof promotionSpan>[0]> = {}) =>
  promotionSpan({ startsAt: at("2026-04-01T00:00"), endsAt: at("2026-04-08T00:00"), isAutomatic: false, activeFrom: at("2026-03-01T12:00"), withdrawnAt: null, ...own }, "UTC")

describe("promotionSpan()", () => {
  it("holds up to the day before the midnight at which it ends", () => expect(promotion()).toEqual({ fromDay: "2026-04-01", toDay: "2026-04-07", knownDay: "2026-03-01" }))

  it("reads days in the shop's time zone", () =>
    expect(promotionSpan({ startsAt: at("2026-03-31T22:00"), endsAt: at("2026-04-07T21:59"), isAutomatic: false, activeFrom: at("2026-03-01T23:30"), withdrawnAt: null }, "Europe/Berlin")).toEqual({
      fromDay: "2026-04-01",
      toDay: "2026-04-07",
      knownDay: "2026-03-02",
    }))

  it("ends when it is withdrawn", () => {
    expect(promotion({ withdrawnAt: at("2026-04-03T10:00") })?.toDay).toBe("2026-04-03")
    expect(promotion({ withdrawnAt: at("2026-05-01T10:00") })?.toDay).toBe("2026-04-07")
    expect(promotion({ withdrawnAt: at("2026-03-20T10:00") })).toBeNull()
  })

  it("begins when it is made active where no start is planned, and goes on where no end is", () => {
    expect(promotion({ startsAt: null })).toEqual({ fromDay: "2026-03-01", toDay: "2026-04-07", knownDay: "2026-03-01" })
    expect(promotion({ endsAt: null })).toMatchObject({ fromDay: "2026-04-01", toDay: null })
  })

  it("holds without any date from when it is made active until it is withdrawn, but a code that everybody may always use is no event", () => {
    const undated = { startsAt: null, endsAt: null, withdrawnAt: at("2026-03-20T10:00") }
    expect(promotion({ ...undated, isAutomatic: true })).toEqual({ fromDay: "2026-03-01", toDay: "2026-03-20", knownDay: "2026-03-01" })
    expect(promotion({ ...undated, isAutomatic: true, withdrawnAt: null })).toMatchObject({ fromDay: "2026-03-01", toDay: null })
    expect(promotion(undated)).toBeNull()
  })
})

describe("offerSpans()", () => {
  const listed = (own: Partial<ListedPrice> = {}): ListedPrice => ({
    priceId: "price_1",
    recordedAt: at("2026-03-10T09:00"),
    validFrom: at("2026-04-01T00:00"),
    validTo: at("2026-04-08T00:00"),
    isOffer: true,
    ...own,
  })
  const spans = (...prices: ListedPrice[]) => offerSpans(prices, "UTC").map(({ fromDay, toDay, knownDay }) => `${fromDay} ${toDay} ${knownDay}`)

  it("holds as long as its list, known since it was recorded", () => expect(spans(listed())).toEqual(["2026-04-01 2026-04-07 2026-03-10"]))

  it("was known at the latest when it came into force, however late somebody looked", () =>
    expect(spans(listed({ recordedAt: at("2026-04-05T09:00") }))).toEqual(["2026-04-01 2026-04-07 2026-04-01"]))

  it("holds until the same price says something else", () => {
    const moved = listed({ recordedAt: at("2026-04-03T09:00"), validFrom: at("2026-04-20T00:00"), validTo: null })
    expect(spans(listed(), moved)).toEqual(["2026-04-01 2026-04-03 2026-03-10", "2026-04-20 null 2026-04-03"])
    expect(spans(listed(), listed({ recordedAt: at("2026-04-02T09:00"), isOffer: false }))).toEqual(["2026-04-01 2026-04-02 2026-03-10"])
    // withdrawn before it began
    expect(spans(listed(), listed({ recordedAt: at("2026-03-20T09:00"), isOffer: false }))).toEqual([])
    expect(spans(listed(), listed({ priceId: "price_2", recordedAt: at("2026-04-03T09:00") }))).toHaveLength(2)
  })
})
