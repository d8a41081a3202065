import { dayInZone } from "../../../../src/domain/day"
import { createZoneClock } from "../../../../src/domain/imports/zone-clock"

const berlin = createZoneClock("Europe/Berlin")
const instant = (local: string) => new Date(berlin.toInstant(Date.parse(`${local}Z`))).toISOString()

describe("createZoneClock()", () => {
  it("follows summer and winter time", () => {
    expect(instant("2026-01-10T12:00:00")).toBe("2026-01-10T11:00:00.000Z")
    expect(instant("2026-07-10T12:00:00")).toBe("2026-07-10T10:00:00.000Z")
  })
  // Europe/Berlin: 2026-03-29 02:00 → 03:00 and 2026-10-25 03:00 → 02:00.
  it("moves a skipped time forward and takes the first of a repeated one", () => {
    expect(instant("2026-03-29T01:59:00")).toBe("2026-03-29T00:59:00.000Z")
    expect(instant("2026-03-29T02:30:00")).toBe("2026-03-29T01:30:00.000Z")
    expect(instant("2026-03-29T03:00:00")).toBe("2026-03-29T01:00:00.000Z")
    expect(instant("2026-10-25T02:30:00")).toBe("2026-10-25T00:30:00.000Z")
    expect(instant("2026-10-25T03:00:00")).toBe("2026-10-25T02:00:00.000Z")
  })
  it.each(["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "UTC"])("agrees with Intl on days in %s, and turns back", (zone) => {
    const clock = createZoneClock(zone)
    const wrong: string[] = []
    // A prime number of seconds as step over two years meets all hours, and both clock changes.
    for (let at = Date.UTC(2025, 0, 1); at < Date.UTC(2027, 0, 1); at += 12_517_000) {
      // Only the second of a repeated hour turns back to the first.
      const back = at - clock.toInstant(clock.toLocal(at))
      if (clock.dayOf(at) !== dayInZone(new Date(at), zone) || ![0, 1_800_000, 3_600_000].includes(back)) wrong.push(new Date(at).toISOString())
    }
    expect(wrong).toEqual([])
  })
  it("keeps days before 1970 and milliseconds", () => expect(createZoneClock("UTC").toLocal(-1.5e12 + 7)).toBe(-1.5e12 + 7))
})
