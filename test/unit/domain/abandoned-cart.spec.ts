import { isAbandoned } from "../../../src/domain/abandoned-cart"

describe("isAbandoned()", () => {
  const now = new Date("2026-03-02T12:00:00Z")
  const cart = { changedAt: new Date("2026-03-01T12:00:00Z"), lines: 1, ordered: false }

  it("is a cart that holds something, was not ordered and has not changed for the hours named", () => {
    expect(isAbandoned(cart, now, 24)).toBe(true)
    expect(isAbandoned(cart, now, 24.5)).toBe(false)
    expect(isAbandoned({ ...cart, ordered: true }, now, 24)).toBe(false)
    expect(isAbandoned({ ...cart, lines: 0 }, now, 24)).toBe(false)
  })
})
