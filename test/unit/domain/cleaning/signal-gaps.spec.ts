import { GAP_HISTORY_DAYS, signalGaps } from "../../../../src/domain/cleaning/signal-gaps"
import { addDays, type Day } from "../../../../src/domain/day"
import fc from "../../../support/properties"

const TODAY = "2026-11-22" // a Sunday
/** `perDay` events on each full day from `back` days ago on, but for `silent` ones. */
const views = (perDay: (day: Day) => number, { back = GAP_HISTORY_DAYS, silent = [] as number[] } = {}) => ({
  source: "storefront",
  name: "view_item",
  counts: new Map(Array.from({ length: back }, (_, index) => addDays(TODAY, index - back)).map((day, index) => [day, silent.includes(back - index) ? 0 : perDay(day)])),
})

describe("signalGaps()", () => {
  it("says nothing while events come", () => expect(signalGaps([views(() => 20)], TODAY)).toEqual([]))
  it("tells how long nothing came, and how much was expected", () => {
    const gap = { source: "storefront", name: "view_item", fromDay: "2026-11-19", toDay: "2026-11-21", days: 3, expected: 60, isOpen: true }
    expect(signalGaps([views(() => 20, { silent: [1, 2, 3] })], TODAY)).toEqual([gap])
  })
  it("ends with the first event of today, and keeps gaps that ended", () => {
    const back = views(() => 20, { silent: [1, 2, 3] })
    back.counts.set(TODAY, 1)
    expect(signalGaps([back], TODAY)).toMatchObject([{ days: 3, isOpen: false }])
    expect(signalGaps([views(() => 20, { silent: [10, 11] })], TODAY)).toMatchObject([{ fromDay: "2026-11-11", toDay: "2026-11-12", isOpen: false }])
  })
  it("waits until the silence is no chance: of two views a day, five days (2 · 5 = 10)", () => {
    expect(signalGaps([views(() => 2, { silent: [1, 2, 3, 4] })], TODAY)).toEqual([])
    expect(signalGaps([views(() => 2, { silent: [1, 2, 3, 4, 5] })], TODAY)).toMatchObject([{ days: 5, expected: 10 }])
  })
  it("knows each weekday: a shop that rests on Sundays has no gap there", () => {
    const weekdays = (day: Day) => (new Date(`${day}T00:00:00Z`).getUTCDay() === 0 ? 0 : 50)
    expect(signalGaps([views(weekdays)], TODAY)).toEqual([])
  })
  it("is not moved by one large day: the median of eight", () => {
    // eight Saturdays before 21 November: seven of 20 and one of 10,000
    const counts = views((day) => (day === "2026-11-14" ? 10_000 : 20), { silent: [1] })
    expect(signalGaps([counts], TODAY)).toMatchObject([{ days: 1, expected: 20 }])
  })
  it("expects nothing of a signal younger than four weeks, and forgets one that ended for good", () => {
    expect(signalGaps([views(() => 100, { back: 27, silent: [1, 2] })], TODAY)).toEqual([])
    expect(signalGaps([{ source: "medusa", name: "purchase", counts: new Map([["2026-01-05", 300]]) }], TODAY)).toEqual([])
  })

  it("never lets two gaps of a signal touch, names full days of the last four weeks only, open ones first (10,000 cases)", () => {
    const days = Array.from({ length: GAP_HISTORY_DAYS + 1 }, (_, index) => addDays(TODAY, index - GAP_HISTORY_DAYS))
    const after = new Map(days.map((day, index) => [day, days[index + 1]]))
    const silences = fc.array(fc.record({ from: fc.integer({ min: 0, max: GAP_HISTORY_DAYS }), length: fc.integer({ min: 1, max: 9 }) }), { maxLength: 8 })
    fc.assert(
      fc.property(silences, fc.integer({ min: 1, max: 40 }), (given, perDay) => {
        const isSilent = (index: number) => given.some(({ from, length }) => index >= from && index < from + length)
        const signal = { source: "medusa", name: "purchase", counts: new Map(days.map((day, index) => [day, isSilent(index) ? 0 : perDay + (index % 7)])) }
        const gaps = signalGaps([signal], TODAY)
        const isSound = ({ fromDay, toDay, days: length, expected }: (typeof gaps)[number]) => {
          const silent = days.filter((day) => day >= fromDay && day <= toDay)
          const touches = gaps.some((other) => other.fromDay === after.get(toDay))
          return fromDay >= "2026-10-25" && toDay < TODAY && silent.length === length && expected >= 10 && silent.every((day) => signal.counts.get(day) === 0) && !touches
        }
        expect(gaps.filter((gap) => !isSound(gap))).toEqual([])
        expect(gaps.findLastIndex(({ isOpen }) => isOpen)).toBeLessThanOrEqual(0)
      }),
      { numRuns: 10_000 }
    )
  })
})
