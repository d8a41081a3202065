import type { SeenPromotion } from "../../../../src/database/stores/promotion-store"
import { promotionsOf } from "../../../../src/modules/foresight/demand-promotions"
import { promotion } from "../../../support/shop-builders"

const at = (day: string) => new Date(`2026-03-${day}T12:00:00Z`)
const seen = (own: Partial<SeenPromotion>): SeenPromotion => {
  const { id: promotionId, createdAt: _createdAt, ...rest } = promotion({ targets: [] })
  return { promotionId, ...rest, startsAt: at("02"), endsAt: at("20"), activeFrom: at("01"), withdrawnAt: null, ...own }
}
const spanOf = async (own: Partial<SeenPromotion>) => {
  const stores = { promotions: { seenBetween: async () => [seen(own)] } } as unknown as Parameters<typeof promotionsOf>[0]
  const [span] = await promotionsOf(stores, [{ productId: "prod_1", categoryIds: [] }], { level: "product", fromDay: "2026-03-01", toDay: "2026-03-31", today: "2026-03-10", timeZone: "UTC" })
  return span
}

describe("promotionsOf()", () => {
  it.each<[string, Partial<SeenPromotion>, object | undefined]>([
    ["that runs", {}, { startsOn: "2026-03-02", endsOn: "2026-03-20", isRunning: true, isOver: false }],
    ["that is ahead", { startsAt: at("15") }, { startsOn: "2026-03-15", isRunning: false, isOver: false }],
    ["that is over", { endsAt: at("05") }, { endsOn: "2026-03-05", isRunning: false, isOver: true }],
    ["that was withdrawn", { withdrawnAt: at("07") }, { startsOn: "2026-03-02", endsOn: "2026-03-07", isRunning: false, isOver: true }],
    ["that was withdrawn today", { withdrawnAt: at("10"), endsAt: null }, { endsOn: "2026-03-10", isRunning: false, isOver: true }],
    ["that was withdrawn after its end", { endsAt: at("05"), withdrawnAt: at("07") }, { endsOn: "2026-03-05", isOver: true }],
    ["that was withdrawn before it began", { startsAt: at("08"), withdrawnAt: at("07") }, undefined],
    ["without dates that asks for no code", { startsAt: null, endsAt: null, isAutomatic: true }, { startsOn: "2026-03-01", endsOn: null, isRunning: true, isOver: false }],
    ["that held on all these days already, and holds on", { startsAt: new Date("2026-02-02T12:00:00Z"), endsAt: null }, undefined],
    ["that began before these days", { startsAt: new Date("2026-02-02T12:00:00Z") }, { startsOn: "2026-02-02", endsOn: "2026-03-20" }],
    ["that is a code without dates", { startsAt: null, endsAt: null }, undefined],
    ["for shipping alone", { targetType: "shipping_methods" }, undefined],
  ])("tells the days of one %s", async (_case, own, expected) => {
    const span = await spanOf(own)
    if (expected) expect(span).toMatchObject(expected)
    else expect(span).toBeUndefined()
  })
})
