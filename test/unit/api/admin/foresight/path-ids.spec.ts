import { medusaIdOf, uuidOf } from "../../../../../src/api/admin/foresight/path-ids"

const UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"

describe("uuidOf()", () => {
  it.each([UUID, UUID.toUpperCase(), "00000000-0000-0000-0000-000000000000"])("takes %s", (id) => expect(uuidOf({ id }, "Import")).toBe(id))

  it.each([undefined, "", "\0", "x", `${UUID}\0`, ` ${UUID}`, `${UUID}\n`, UUID.slice(1)])("finds nothing of the id %j", (id) =>
    expect(() => uuidOf({ id }, "Import")).toThrow(expect.objectContaining({ code: "not_found", message: `Import ${JSON.stringify(id ?? "")} was not found` }) as Error)
  )
})

describe("medusaIdOf()", () => {
  it.each(["iitem_01J", "an id of an old shop", "鞋"])("takes %s", (id) => expect(medusaIdOf({ id }, "Product")).toBe(id))

  it.each(["\0", "prod_\0", "prod_\ud800"])("finds nothing of the id %j", (id) => expect(() => medusaIdOf({ id }, "Product")).toThrow(expect.objectContaining({ code: "not_found" }) as Error))
})
