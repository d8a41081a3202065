import { toldOnce } from "../../../../src/domain/recommending/told-once"
import { shopEvent } from "../../../support/shop-event"

const put = (eventId: string, source: string, more = {}) => shopEvent({ eventId, name: "add_to_cart", source, productId: "tea", ...more })
const idsOf = (events: Parameters<typeof toldOnce>[0]) => toldOnce(events).map(({ eventId }) => eventId)

describe("toldOnce()", () => {
  it("counts what storefront and Medusa both tell once, by the storefront's row, in whatever order they come", () => {
    const both = [put("theirs", "storefront"), put("ours", "medusa")]
    expect([idsOf(both), idsOf([...both].reverse())]).toEqual([["theirs"], ["theirs"]])
  })

  it("keeps what Medusa alone tells: another product, another day", () =>
    expect(idsOf([put("a", "medusa"), put("b", "storefront", { productId: "pot" }), put("c", "storefront", { day: "2026-03-03" })])).toEqual(["a", "b", "c"]))

  it("keeps two of the storefront's, and everything that is not put into the cart", () => {
    const events = [put("first", "storefront"), put("second", "storefront"), put("seen", "storefront", { name: "view_item" }), put("bought", "medusa", { name: "purchase" })]
    expect(idsOf(events)).toEqual(["first", "second", "seen", "bought"])
  })

  it("is not misled by another act of the storefront", () => expect(idsOf([put("seen", "storefront", { name: "view_item" }), put("ours", "medusa")])).toEqual(["seen", "ours"]))
})
