import { judgeClock } from "../../../src/domain/event-clock"

const now = new Date("2026-03-10T12:00:00Z")

describe("judgeClock()", () => {
  it.each([
    ["2026-03-10T12:05:00Z", null], // 5 minutes ahead is believed
    ["2026-03-10T12:05:00.001Z", "clock_skew"],
    ["2026-03-10T14:04:00+02:00", null], // the same as 12:04 UTC
    ["2026-02-08T12:00:00Z", null], // 30 days before
    ["2026-02-08T11:59:59.999Z", "replayed"],
    ["0001-01-01T00:00:00Z", "replayed"],
    ["9999-12-31T23:59:59Z", "clock_skew"],
  ])("judges %s as %s", (claimed, reason) => expect(judgeClock(claimed, now)?.reason ?? null).toBe(reason))

  it("says what was found and what was expected", () =>
    expect(judgeClock("2026-03-10T13:00:00Z", now)?.message).toBe(
      "2026-03-10T13:00:00Z is in the future; expected at most 5 minutes ahead of 2026-03-10T12:00:00.000Z"
    ))
})
