import type { SetAsideLine } from "../../../../src/database/insert-events"
import { ForesightError } from "../../../../src/domain/errors"
import type { ShopEvent } from "../../../../src/domain/events"
import { Browsing } from "../../../../src/modules/foresight/browsing"
import type { IntakeSender } from "../../../../src/modules/foresight/intake-limits"
import type { ShopQuery } from "../../../../src/shop/shop-query"

const now = () => new Date("2026-03-10T12:00:00Z")
const VIEW = { name: "view_item", timestamp: "2026-03-10T11:59:00Z", session_id: "s", items: [{ item_id: "prod_1" }] }
const view = (id: string, more: Record<string, unknown> = {}) => ({ event_id: id, ...VIEW, ...more })
const sender = { query: {} as ShopQuery, customerId: null, salesChannelId: "sc_1", publishableKey: "pk_1", ip: "10.0.0.1", crawler: null }

/** A buffer that keeps event ids in a set, and a shop that knows what begins with `prod_`. */
function browsing({ fail: failure, tooMany }: { fail?: Error; tooMany?: Error } = {}) {
  let fail = failure
  const stored = new Set<string>()
  const setAside: SetAsideLine[] = []
  const limited: { visitor: IntakeSender["visitor"]; events: number }[] = []
  const take = (events: readonly ShopEvent[], lines: readonly SetAsideLine[] = []) => {
    if (fail) return Promise.reject(fail)
    const ids = new Set(events.map(({ eventId }) => eventId).filter((id) => !stored.has(id)))
    ids.forEach((id) => stored.add(id))
    setAside.push(...lines.filter(({ eventId }) => ids.has(eventId)))
    return Promise.resolve(ids)
  }
  const limits = {
    take: ({ visitor }: IntakeSender, events: number) => {
      limited.push({ visitor, events })
      return tooMany ? Promise.reject(tooMany) : Promise.resolve()
    },
  }
  const known = (_query: ShopQuery, ids: readonly string[]) => Promise.resolve(new Set(ids.filter((id) => id.startsWith("prod_"))))
  const mend = () => (fail = undefined)
  return { door: new Browsing({ take }, limits, { known }, "UTC", now), stored, setAside, limited, mend }
}

describe("Browsing.accept()", () => {
  it("counts every event as accepted, duplicate or rejected", async () => {
    const { door } = browsing()
    expect(await door.accept([view("a"), view("b"), view("a"), view("c", { items: [{ item_id: "nonsense" }] }), 7], sender)).toEqual({
      accepted: 2,
      duplicates: 1,
      rejected: [
        { index: 3, field: "items.0.item_id", message: "nonsense is no product of this shop" },
        { index: 4, field: "", message: expect.stringContaining("expected object") },
      ],
    })
    expect(await door.accept([view("b")], sender)).toMatchObject({ accepted: 0, duplicates: 1 })
  })

  it("reads large batches one a turn of the event loop, in the order they came, and small ones at once", async () => {
    const { door, limited } = browsing()
    const batch = (name: string, size: number) => Array.from({ length: size }, (_, index) => view(`${name}${index}`))
    const answers = [door.accept(batch("a", 100), sender), door.accept(batch("b", 101), sender), door.accept(batch("c", 99), sender), door.accept(batch("d", 102), sender)]
    expect(limited).toHaveLength(1)
    for (let before = limited.length; before < 4; before = limited.length) {
      await new Promise((resolve) => setImmediate(resolve))
      expect(limited.length - before).toBeLessThanOrEqual(1)
    }
    expect(limited.map(({ events }) => events)).toEqual([99, 100, 101, 102])
    expect((await Promise.all(answers)).map(({ accepted }) => accepted)).toEqual([100, 101, 99, 102])
  })

  it("names an unknown product's field as the sender wrote it", async () => {
    const properties = { products: [{ product_id: "prod_1" }, { product_id: "x" }] }
    const { rejected } = await browsing().door.accept([{ event: "Product Added", messageId: "m", timestamp: VIEW.timestamp, properties }], sender)
    expect(rejected).toEqual([{ index: 0, field: "properties.products.1.product_id", message: "x is no product of this shop" }])
  })

  it("refuses NUL instead of asking the sender to try for ever", async () =>
    expect(await browsing().door.accept([view("a\u0000")], sender)).toMatchObject({ accepted: 0, rejected: [{ index: 0, field: "event_id" }] }))

  it("looks up at most 1,000 different products a batch and says what to do with the rest", async () => {
    const list = (event: number) => Array.from({ length: 100 }, (_, item) => ({ item_id: `prod_${event}_${item}` }))
    const batch = Array.from({ length: 20 }, (_, event) => view(`e${event}`, { name: "view_item_list", items: list(event) }))
    const { accepted, rejected } = await browsing().door.accept(batch, sender)
    expect(accepted).toBe(10)
    expect(rejected[0]).toMatchObject({ index: 10, message: expect.stringContaining("send this event in another one") })
  })

  it("says unavailable when the rows cannot be stored", async () =>
    expect(browsing({ fail: new Error("connection lost") }).door.accept([view("a")], sender)).rejects.toMatchObject({ code: "unavailable" }))

  it("keeps an event whose clock is wrong apart and tells the sender", async () => {
    const { door, stored, setAside } = browsing()
    const [early, late] = ["2026-03-11T12:00:00Z", "2025-03-10T12:00:00Z"]
    const answer = await door.accept([view("a"), view("b", { timestamp: early }), view("c", { timestamp: late })], sender)
    expect(answer).toMatchObject({ accepted: 1, duplicates: 0, rejected: [] })
    expect(answer.set_aside).toEqual([
      { index: 1, reason: "clock_skew", message: expect.stringContaining("in the future") },
      { index: 2, reason: "replayed", message: expect.stringContaining("too old") },
    ])
    expect([...stored]).toEqual(["web/a", "web/b", "web/c"])
    const lines = setAside.map(({ day, eventId, reason }) => [day, eventId, reason])
    expect(lines).toEqual([["2026-03-10", "web/b", "clock_skew"], ["2026-03-10", "web/c", "replayed"]])
  })

  it("keeps a crawler's events apart, row by row, and does not tell it", async () => {
    const { door, setAside } = browsing()
    const list = view("a", { name: "view_item_list", items: [{ item_id: "prod_1" }, { item_id: "prod_2" }] })
    const answer = await door.accept([list, view("b", { timestamp: "2026-03-11T12:00:00Z" })], { ...sender, crawler: "Googlebot/2.1" })
    expect(answer).toEqual({ accepted: 2, duplicates: 0, rejected: [] })
    const lines = setAside.map(({ eventId, reason, detail }) => [eventId, reason, detail])
    expect(lines).toEqual(["web/a", "web/a#1", "web/b"].map((id) => [id, "bot", "Googlebot/2.1"]))
  })

  it("keeps what a visitor sends faster than a person can apart, in this batch and the next", async () => {
    const { door, setAside } = browsing()
    const flood = (from: number, visitor: string) => Array.from({ length: 150 }, (_, index) => view(`${visitor}${from + index}`, { visitor_id: visitor }))
    expect(await door.accept([...flood(0, "v1"), view("x", { visitor_id: "v2" })], sender)).toMatchObject({ accepted: 151 })
    // a hundred events within ten seconds are believed
    expect(setAside.map(({ eventId }) => eventId)).toEqual(Array.from({ length: 50 }, (_, index) => `web/v1${100 + index}`))
    await door.accept([view("later", { visitor_id: "v1", timestamp: "2026-03-10T12:03:00Z" }), view("other", { visitor_id: "v3" })], sender)
    expect(setAside.at(-1)).toMatchObject({ eventId: "web/later", reason: "inhuman_rate" })
  })

  it("does not take the repetitions of a batch that could not be stored for haste", async () => {
    const { door, setAside, mend } = browsing({ fail: new ForesightError("unavailable", "Postgres: cannot be reached") })
    const batch = Array.from({ length: 60 }, (_, index) => view(`e${index}`, { visitor_id: "v1" }))
    for (let attempt = 0; attempt < 5; attempt += 1) await expect(door.accept(batch, sender)).rejects.toMatchObject({ code: "unavailable" })
    mend()
    expect(await door.accept(batch, sender)).toMatchObject({ accepted: 60 })
    expect(setAside).toEqual([])
  })

  it("does not take repetitions of what is stored for haste, in batches of their own or in one", async () => {
    const { door, setAside } = browsing()
    const batch = Array.from({ length: 60 }, (_, index) => view(`e${index}`, { visitor_id: "v1" }))
    for (const accepted of [60, 0, 0, 0]) expect(await door.accept(batch, sender)).toMatchObject({ accepted, duplicates: 60 - accepted })
    await door.accept(Array.from({ length: 200 }, () => view("same", { visitor_id: "v1" })), sender)
    // 61 events within ten seconds so far; a hundred are believed
    await door.accept(Array.from({ length: 40 }, (_, index) => view(`f${index}`, { visitor_id: "v1" })), sender)
    expect(setAside.map(({ eventId }) => eventId)).toEqual(["web/f39"])
  })

  it("counts an event at its own time, whatever a repetition of it claims", async () => {
    const { door, setAside } = browsing()
    const again = (id: string) => [view(id, { visitor_id: "v1" }), view(id, { visitor_id: "v1", timestamp: "2026-03-10T10:00:00Z" })]
    await door.accept(Array.from({ length: 90 }, (_, index) => again(`e${index}`)).flat(), sender)
    await door.accept(Array.from({ length: 11 }, (_, index) => view(`f${index}`, { visitor_id: "v1" })), sender)
    expect(setAside.map(({ eventId }) => eventId)).toEqual(["web/f10"])
  })

  it("does not judge the pace of nobody in particular", async () => {
    const { door, setAside } = browsing()
    await door.accept(Array.from({ length: 400 }, (_, index) => view(`e${index}`, { consent: "anonymous", visitor_id: "v" })), sender)
    expect(setAside).toEqual([])
  })

  it("says whose events they are to the limits, counting every event sent", async () => {
    const { door, limited } = browsing()
    await door.accept([view("a", { visitor_id: "v1" }), view("b", { visitor_id: "v1" }), 7], sender)
    await door.accept([view("c", { visitor_id: "v1" }), view("d", { visitor_id: "v2" })], sender)
    await door.accept([view("e", { visitor_id: "v1", consent: "anonymous" })], sender)
    await door.accept([7], sender)
    expect(limited).toEqual([
      { visitor: { name: "v1" }, events: 3 },
      { visitor: "several", events: 2 },
      { visitor: null, events: 1 },
      { visitor: null, events: 1 },
    ])
  })

  it("stores nothing of a batch that is over the limit", async () => {
    const { door, stored } = browsing({ tooMany: new ForesightError("too_many", "this visitor sent too much") })
    await expect(door.accept([view("a")], sender)).rejects.toMatchObject({ code: "too_many" })
    expect(stored.size).toBe(0)
  })
})
