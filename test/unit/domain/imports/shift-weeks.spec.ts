import { shiftWeeks, weeksToShift } from "../../../../src/domain/imports/shift-weeks"
import { createZoneClock } from "../../../../src/domain/imports/zone-clock"

describe("weeksToShift()", () => {
  // 2011-12-09 is a Friday; so is 2026-11-20, 780 weeks later.
  it("reaches the same weekday at or before the day asked for", () => {
    expect(weeksToShift("2011-12-09", "2026-11-20")).toBe(780)
    expect(weeksToShift("2011-12-09", "2026-11-26")).toBe(780)
    expect(weeksToShift("2011-12-09", "2026-11-27")).toBe(781)
  })
  it("moves a history from the future back", () => expect(weeksToShift("2026-11-22", "2026-11-21")).toBe(-1))
})

describe("shiftWeeks()", () => {
  it("keeps weekday and hour on the shop's clock across a clock change", () => {
    const berlin = createZoneClock("Europe/Berlin")
    // 23:30 in winter is 22:30 UTC; in summer 21:30 UTC.
    expect(shiftWeeks(new Date("2026-03-27T22:30:00Z"), 1, berlin).toISOString()).toBe("2026-04-03T21:30:00.000Z")
  })
})
