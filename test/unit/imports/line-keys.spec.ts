import { createHash } from "node:crypto"
import { createLineKeys, lineKey } from "../../../src/imports/line-keys"
import { importLine } from "../../support/import-line"

describe("lineKey()", () => {
  const line = { source: "shop", orderId: "o1", sku: "a", occurrence: 1 }
  it("is 128 bits of the hash of its four parts", () => {
    expect(lineKey(line)).toBe(createHash("sha256").update('["shop","o1","a",1]').digest("hex").slice(0, 32))
  })
  it("differs with each part, and where only the border between parts moves", () => {
    const keys = [line, { ...line, source: "s" }, { ...line, orderId: "o2" }, { ...line, sku: "b" }, { ...line, occurrence: 2 }, { ...line, source: "sho", orderId: "po1" }]
    expect(new Set(keys.map(lineKey)).size).toBe(keys.length)
  })
})

describe("createLineKeys()", () => {
  const order = (orderId: string, sku = "CUP") => importLine({ orderId, sku })

  it("keeps exact duplicates apart and gives the same keys to a longer export", () => {
    const [short, long] = [createLineKeys("shop", "orders"), createLineKeys("shop", "orders")]
    const keys = [short(order("1")), short(order("1"))]
    expect(new Set(keys).size).toBe(2)
    expect([long(order("0")), long(order("1")), long(order("7")), long(order("1"))]).toEqual([expect.any(String), keys[0], expect.any(String), keys[1]])
  })

  it("gives other keys to another source", () => expect(createLineKeys("shop", "orders")(order("1"))).not.toBe(createLineKeys("other", "orders")(order("1"))))

  it("takes a browse event's own id, numbers its further products, and sees the same one twice", () => {
    const keyOf = createLineKeys("shop", "events")
    const view = (sku: string) => importLine({ kind: "view_item", eventId: "e1", orderId: null, sku })
    expect([view("CUP"), view("POT"), view("CUP")].map(keyOf)).toEqual(["e1", "e1#2", "e1"])
  })

  it("knows a click by what, when, who and how often, wherever it stands in the file", () => {
    const click = (second: number, change = {}) => importLine({ kind: "view_item", orderId: null, occurredAt: new Date(second * 1000), sku: "9", sessionId: "s", customerRef: "u", ...change })
    const clicks = [click(1), click(1), click(2), click(1, { sessionId: "t" }), click(1, { kind: "add_to_cart" })]
    const keys = clicks.map(createLineKeys("shop", "clickstream"))
    expect(new Set(keys).size).toBe(5)
    const later = createLineKeys("shop", "clickstream")
    expect([...clicks].reverse().map(later).sort()).toEqual([...keys].sort())
  })
})
