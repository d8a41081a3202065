import { backoffMs, retryAfterMs } from "../../../src/client/retry-delay"
import fc from "../../support/properties"

describe("backoffMs()", () => {
  it.each([
    [0, 1_000],
    [1, 2_000],
    [5, 32_000],
    [6, 60_000], // 64 s, capped
    [1_000, 60_000],
  ])("spreads attempt %i over 0 to %i ms", (attempt, most) => {
    expect(backoffMs(attempt, 0)).toBe(0)
    expect(backoffMs(attempt, 0.5)).toBe(most / 2)
    fc.assert(fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (chance) => backoffMs(attempt, chance) < most))
  })
})

describe("retryAfterMs()", () => {
  const now = Date.parse("2026-03-01T12:00:00Z")
  it.each([
    ["7", 7_000],
    ["0.5", 500],
    ["Sun, 01 Mar 2026 12:01:00 GMT", 60_000],
    ["Sun, 01 Mar 2026 11:00:00 GMT", 0], // over already
    ["-3", 0],
    ["soon", 0],
    ["86400", 3_600_000], // an hour at most
    [null, 0],
    ["", 0],
  ])("reads %p as %i ms", (header, ms) => expect(retryAfterMs(header, now)).toBe(ms))
})
