import { uniqueId } from "../../../src/client/unique-id"

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe("uniqueId()", () => {
  it("is the browser's own UUID", () => expect(uniqueId()).toMatch(UUID))

  it("is a random UUID of version 4 where the page is not secure", () => {
    Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true })
    try {
      const ids = Array.from({ length: 200 }, uniqueId)
      expect(ids.filter((id) => !UUID.test(id))).toEqual([])
      expect(new Set(ids).size).toBe(200)
    } finally {
      Reflect.deleteProperty(crypto, "randomUUID") // the prototype's shines through again
    }
  })
})
