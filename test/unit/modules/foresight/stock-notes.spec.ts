import { StockNotes } from "../../../../src/modules/foresight/stock-notes"
import type { ShopQuery } from "../../../../src/shop/shop-query"

const level = (location: string) => ({ id: `ilev_${location}`, inventory_item_id: "iitem_1", location_id: location, stocked_quantity: 5, reserved_quantity: 1, incoming_quantity: 0, metadata: null, updated_at: "2026-03-01T00:00:00Z" })

function setUp(rows: Record<string, unknown[]>) {
  const noted: unknown[] = []
  const query = { graph: async ({ entity }: { entity: string }) => ({ data: rows[entity] ?? [] }) } as unknown as ShopQuery
  const now = new Date("2026-03-02T00:00:00Z")
  const stock = { note: async (...given: unknown[]) => noted.push(given) } as unknown as ConstructorParameters<typeof StockNotes>[0]
  return { notes: new StockNotes(stock, "Europe/Berlin", () => now), query, noted, now }
}
const note = (locationId: string) => [{ inventoryItemId: "iitem_1", locationId, stocked: 5, reserved: 1, incoming: 0, assumed: false }]

describe("StockNotes", () => {
  it("notes a level that changed, with the time before it was read", async () => {
    const { notes, query, noted, now } = setUp({ inventory_level: [level("l1")] })
    expect(await notes.changed(query, "inventory_level", "ilev_l1")).toEqual({ inventoryItemId: "iitem_1", locationId: "l1" })
    expect(noted).toEqual([[note("l1"), now, "Europe/Berlin"]])
  })

  it("notes the level that a reservation took from", async () => {
    const { notes, query, noted } = setUp({ reservation: [{ inventory_item_id: "iitem_1", location_id: "l2" }], inventory_level: [level("l1"), level("l2")] })
    expect(await notes.changed(query, "reservation", "resitem_1")).toEqual({ inventoryItemId: "iitem_1", locationId: "l2" })
    expect(noted.map((given) => (given as unknown[])[0])).toEqual([note("l2")])
  })

  it("leaves what is gone to the next walk", async () => {
    const { notes, query, noted } = setUp({})
    expect(await notes.changed(query, "reservation", "resitem_1")).toBeNull()
    expect(await notes.changed(query, "inventory_level", "ilev_1")).toBeNull()
    expect(noted).toEqual([])
  })
})
