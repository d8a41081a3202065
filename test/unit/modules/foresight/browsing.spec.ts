import { Browsing } from "../../../../src/modules/foresight/browsing"
import type { ShopEvent } from "../../../../src/domain/events"
import type { ShopQuery } from "../../../../src/shop/shop-query"

const now = () => new Date("2026-03-10T12:00:00Z")
const view = (id: string, productId = "prod_1") => ({ event_id: id, name: "view_item", timestamp: "2026-03-10T11:59:00Z", session_id: "s", items: [{ item_id: productId }] })
const sender = { query: {} as ShopQuery, customerId: null, salesChannelId: "sc_1" }

/** Stores that keep event ids in a set, and a shop that knows what begins with `prod_`. */
function browsing(fail?: Error) {
  const stored = new Set<string>()
  const insert = (events: readonly ShopEvent[]) => {
    if (fail) return Promise.reject(fail)
    const insertedIds = new Set(events.map(({ eventId }) => eventId).filter((id) => !stored.has(id)))
    insertedIds.forEach((id) => stored.add(id))
    return Promise.resolve({ inserted: insertedIds.size, duplicates: events.length - insertedIds.size, insertedIds })
  }
  const known = (_query: ShopQuery, ids: readonly string[]) => Promise.resolve(new Set(ids.filter((id) => id.startsWith("prod_"))))
  return new Browsing({ insert }, { known }, "UTC", now)
}

describe("Browsing.accept()", () => {
  it("counts every event as accepted, duplicate or rejected", async () => {
    const door = browsing()
    expect(await door.accept([view("a"), view("b"), view("a"), view("c", "nonsense"), 7], sender)).toEqual({
      accepted: 2,
      duplicates: 1,
      rejected: [
        { index: 3, field: "items.0.item_id", message: "nonsense is no product of this shop" },
        { index: 4, field: "", message: expect.stringContaining("expected object") },
      ],
    })
    expect(await door.accept([view("b")], sender)).toMatchObject({ accepted: 0, duplicates: 1 })
  })

  it("refuses NUL instead of asking the sender to try for ever", async () =>
    expect(await browsing().accept([view("a\u0000")], sender)).toMatchObject({ accepted: 0, rejected: [{ index: 0, field: "event_id" }] }))

  it("looks up at most 1,000 different products a batch and says what to do with the rest", async () => {
    const batch = Array.from({ length: 20 }, (_, event) => ({ ...view(`e${event}`), name: "view_item_list", items: Array.from({ length: 100 }, (_, item) => ({ item_id: `prod_${event}_${item}` })) }))
    const { accepted, rejected } = await browsing().accept(batch, sender)
    expect(accepted).toBe(10)
    expect(rejected[0]).toMatchObject({ index: 10, message: expect.stringContaining("send this event in another one") })
  })

  it("says unavailable when the rows cannot be stored", async () =>
    expect(browsing(new Error("connection lost")).accept([view("a")], sender)).rejects.toMatchObject({ code: "unavailable" }))
})
