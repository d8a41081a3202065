import { StorefrontEvent, unknownField } from "../../../src/domain/events"
import { readPlainEvent } from "../../../src/domain/plain-event"
import fc from "../../support/properties"

const view = { event_id: "e1", name: "view_item", timestamp: "2026-03-10T11:59:00.000Z", visitor_id: "v1", session_id: "s1", items: [{ item_id: "prod_1" }] }
const full = {
  ...view,
  ...{ cart_id: "c1", currency: "EUR", search_term: "röd sko", recommendation_id: "r1", consent: "granted" },
  items: [{ item_id: "prod_1", item_variant: "variant_1", price: 1.5, quantity: 2, index: 0, item_list_id: "l1" }],
}

/** What the full check makes of a value; `null` where it refuses. */
function checked(raw: unknown): StorefrontEvent | null {
  const { data } = StorefrontEvent.safeParse(raw)
  return data && unknownField(raw as object) === null ? data : null
}
const withoutAbsent = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown

const two = (value: number) => String(value).padStart(2, "0")
const text = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.constantFrom("", " ", " a", "ä", "a b", "x".repeat(128), "x".repeat(129), "\u0000", "\ud83d", "__proto__"))
const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-0, 0, 0.5, 1, 1e6, 1e6 + 1, 1e9, 1e9 + 1, 10_000, 10_001, Infinity, NaN))
const goodNumber = fc.oneof({ arbitrary: fc.integer({ min: 0, max: 10_000 }), weight: 8 }, { arbitrary: number, weight: 1 })
const time = fc.oneof(
  fc.integer({ min: 0, max: 4e12 }).map((at) => new Date(at).toISOString()),
  fc.date().filter((date) => !Number.isNaN(date.getTime())).map((date) => date.toISOString()),
  fc
    .tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }), fc.integer({ min: 0, max: 25 }), fc.integer({ min: 0, max: 61 }))
    .map(([year, month, day, hour, minute]) => `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(minute)}.000Z`),
  fc.constantFrom("2026-03-10T11:59:00+01:00", "2026-03-10", "2026-02-29T00:00:00.000Z", "2024-02-29T00:00:00.000Z", "2026-03-10T24:00:00.000Z")
)
const any = fc.oneof(text, number, fc.jsonValue(), fc.constantFrom(null, true, {}, []))
/** Mostly a value of the right kind, often at its edge. */
const like = (usual: fc.Arbitrary<unknown>) => fc.oneof({ arbitrary: usual, weight: 25 }, { arbitrary: any, weight: 1 })
const word = like(fc.oneof({ arbitrary: fc.stringMatching(/^[a-z0-9_/-]{1,20}$/), weight: 40 }, { arbitrary: text, weight: 1 }))
const item = fc.record(
  { item_id: word, item_variant: word, price: like(goodNumber), quantity: like(goodNumber), index: like(goodNumber), item_list_id: word },
  { requiredKeys: ["item_id"] }
)
const extraField = fc.oneof({ arbitrary: fc.constant(null), weight: 12 }, { arbitrary: fc.constantFrom("colour", "__proto__", "constructor"), weight: 1 })
const event = fc
  .record(
    {
      ...{ event_id: word, name: like(fc.constantFrom("view_item", "search", "view_cart", "purchase", "add_to_cart")), timestamp: like(time) },
      ...{ visitor_id: word, session_id: word, cart_id: word, recommendation_id: word, search_term: word },
      ...{ currency: like(fc.constantFrom("eur", "EUR", "euro")), consent: like(fc.constantFrom("granted", "anonymous", "denied")), items: like(fc.array(item, { maxLength: 3 })) },
    },
    { requiredKeys: ["event_id", "name", "timestamp"] }
  )
  .chain((plain) => extraField.map((extra) => (extra === null ? plain : { ...plain, [extra]: 1 })))

describe("readPlainEvent()", () => {
  it("reads what a storefront sends", () => {
    expect(withoutAbsent(readPlainEvent(view))).toEqual({ ...view, items: [{ item_id: "prod_1", quantity: 1 }] })
    expect(withoutAbsent(readPlainEvent(full))).toEqual({ ...full, currency: "eur" })
    expect(readPlainEvent({ event_id: "e1", name: "view_cart", timestamp: "2026-12-31T11:59:00.000Z" })).toMatchObject({ items: [] })
  })

  it("says of any event what the full check says, or nothing: 10,000 events", () => {
    let read = 0
    fc.assert(
      fc.property(event, (raw) => {
        const plain = readPlainEvent(raw)
        if (plain === null) return
        read += 1
        expect(withoutAbsent(plain)).toEqual(withoutAbsent(checked(raw)))
      }),
      { numRuns: 10_000 }
    )
    expect(read).toBeGreaterThan(300) // else nothing was compared
  })

  it("says the same of every single field with any value", () => {
    const at = fc.tuple(fc.constantFrom(...Object.keys(full)), any)
    const inItem = fc.tuple(fc.constantFrom(...Object.keys(full.items[0]!)), any)
    const spoilt = fc.oneof(
      at.map(([name, value]) => ({ ...full, [name]: value })),
      inItem.map(([name, value]) => ({ ...full, items: [{ ...full.items[0], [name]: value }] }))
    )
    fc.assert(
      fc.property(spoilt, (raw) => {
        const plain = readPlainEvent(raw)
        if (plain !== null) expect(withoutAbsent(plain)).toEqual(withoutAbsent(checked(raw)))
      }),
      { numRuns: 10_000 }
    )
  })

  it.each([
    ["a field that no event has", { ...view, colour: "red" }],
    ["a field of a product that none has", { ...view, items: [{ item_id: "a", colour: "red" }] }],
    ["a view of nothing", { ...view, items: [] }],
    ["a search without words", { ...view, name: "search" }],
    ["a sale from a browser", { ...view, name: "purchase" }],
    ["a name of Object's", { ...view, name: "constructor" }],
    ["a day that no calendar has", { ...view, timestamp: "2026-02-30T00:00:00.000Z" }],
    ["an object with a prototype of its own", JSON.parse('{"event_id":"e1","name":"view_cart","timestamp":"2026-03-10T11:59:00.000Z","__proto__":{"consent":"granted"}}') as unknown],
    ["a list", [view]],
    ["nothing", null],
  ])("leaves %s to the full check", (_case, raw) => expect(readPlainEvent(raw)).toBeNull())
})
